import { byId } from '../../../test/browser/support/editor';
import { pollingWorkflow } from '../../../test/e2e/support/workflows';
import { credentialOf, openFromList, until, widenOutput, type Scene } from './scene';

const NAME = 'Delivery reports and replies';

/** Delivery reports start a workflow. */
export const trigger: Scene = {
	name: 'the trigger',
	async play(set) {
		const { editor, hand, instance, narrator, page, panel } = set;
		const { sandbox, client } = instance;
		const workflow = pollingWorkflow({ credentials: await credentialOf(set) });
		const [poll, received] = workflow.nodes;
		poll.parameters.events = ['deliveryReport', 'reply'];
		await client.createWorkflow({
			...workflow,
			name: NAME,
			nodes: [poll, { ...received, position: [260, 0] }],
		});
		await until(() => sandbox.ledger.every((entry) => sandbox.receipts.reportOf(entry)), 'all messages are reported');
		await narrator.say('The receipt trigger starts a workflow for delivery reports and for replies of customers.');
		await openFromList(set, NAME);
		await hand.doubleClick(editor.node('JSms Receipt Trigger'));
		await page.locator(byId('node-parameters')).waitFor();
		await narrator.finish();
		await narrator.say(
			'When the workflow is published, it asks JSMS every minute. Here a test event is fetched by hand.',
		);
		await widenOutput(set);
		await hand.click(page.locator(byId('node-execute-button')));
		await panel.output.locator('table').waitFor();
		await editor.dismissToasts();
		await narrator.say('Every report is one item: the message ID, the number, and whether the message was delivered.');
		await hand.moveTo(panel.output.locator('table tbody tr').first());
		await narrator.finish();
		await editor.closeNode();
	},
};
