import { LOST_ANSWER } from '../../../test/browser/support/people';
import { byId } from '../../../test/browser/support/editor';
import { widenOutput, type Scene } from './scene';

/** A batch with all three results. */
export const batch: Scene = {
	name: 'the batch',
	async play(set) {
		const { editor, hand, instance, narrator, page, panel } = set;
		instance.sandbox.fault(LOST_ANSWER);
		await narrator.say('One run sends to seven customers. Every result has its own output: Sent, Failed and Unknown.');
		await hand.click(page.locator(byId('execute-workflow-button')));
		await editor.node('Check later').locator(byId('canvas-node-status-success')).waitFor();
		await editor.dismissToasts();
		await narrator.finish();
		await hand.doubleClick(editor.node('Send the batch'));
		await page.locator(byId('node-parameters')).waitFor();
		await widenOutput(set);
		await narrator.say('Sent: JSMS accepted these four messages. Each row has its message ID for the delivery report.');
		await hand.click(panel.output.locator(byId('tab-0')));
		await narrator.finish();
		await narrator.say('Failed: JSMS refused one number, and one customer has none. Each row says why and what to do.');
		await hand.click(panel.output.locator(byId('tab-1')));
		await narrator.finish();
		await narrator.say(
			'Unknown: the response of JSMS lacks this number. It may have been sent, so it is not sent again.',
		);
		await hand.click(panel.output.locator(byId('tab-2')));
		await narrator.finish();
		await editor.closeNode();
	},
};
