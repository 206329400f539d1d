import { byId } from '../../../test/browser/support/editor';
import { verificationWorkflow } from '../../../test/e2e/support/workflows';
import { credentialOf, openFromList, until, type Scene } from './scene';

const NAME = 'Sign-up';
const MOBILE = '13800005201';

/** The page that verifies a mobile number, and the execution that it starts. */
export const verification: Scene = {
	name: 'the verification page',
	async play(set) {
		const { editor, hand, instance, narrator, page, panel, recorder } = set;
		const { sandbox, client } = instance;
		const { workflow, path } = verificationWorkflow({ credentials: await credentialOf(set) }, 'sign-up');
		const [start, verified] = workflow.nodes as object[];
		const saved = await client.createWorkflow({
			...workflow,
			name: NAME,
			nodes: [start, { ...verified, position: [260, 0] }],
		});
		await client.activate(saved, [path]);
		await narrator.say(
			'The verification trigger serves a page on which visitors prove that a mobile number is theirs.',
		);
		await openFromList(set, NAME);
		await hand.doubleClick(editor.node('JSms Verification Trigger'));
		await page.locator(byId('node-parameters')).waitFor();
		await narrator.finish();

		await narrator.say('This is the page. A visitor enters a mobile number, and JSMS sends a code to it.');
		const visitor = await page.context().newPage();
		await visitor.goto(client.url + path);
		await recorder.show(visitor);
		await hand.type(visitor.getByLabel('Mobile number'), MOBILE);
		await narrator.finish();
		await hand.click(visitor.getByRole('button', { name: 'Send code', exact: true }));
		await visitor.getByRole('heading', { name: 'Enter the code' }).waitFor();
		await until(() => sandbox.ledger.some(({ mobile }) => mobile === MOBILE), 'the code is sent');
		const code = sandbox.ledger.findLast(({ mobile }) => mobile === MOBILE)?.code;
		if (!code) throw new Error('The message has no code.');
		await visitor.waitForTimeout(1500);

		await narrator.say(`The message arrives. The sandbox shows it in its inbox, with the code ${code}.`);
		const inbox = await page.context().newPage();
		await inbox.goto(sandbox.url);
		await inbox.getByText(code).first().waitFor();
		await recorder.show(inbox);
		await hand.moveTo(inbox.getByText(code).first());
		await narrator.finish();

		await narrator.say('The visitor enters the code. JSMS checks it, and the number is verified.');
		await recorder.show(visitor);
		await hand.type(visitor.getByLabel('Code', { exact: true }), code);
		await hand.click(visitor.getByRole('button', { name: 'Verify', exact: true }));
		await visitor.getByRole('heading', { name: 'Your number is verified' }).waitFor();
		await narrator.finish();

		await narrator.say('Every verified number starts one execution of the workflow, with the number in its data.');
		await recorder.show(page);
		await editor.closeNode();
		await hand.click(page.getByText('Executions', { exact: true }).first());
		await page
			.getByText(/^Succeeded/)
			.first()
			.waitFor();
		const node = editor.node('JSms Verification Trigger');
		await node.locator(byId('canvas-node-status-success')).waitFor();
		await narrator.finish();
		await hand.doubleClick(node);
		const row = panel.output.getByText(MOBILE).first();
		await row.waitFor();
		await hand.moveTo(row);
		await narrator.say('That is n8n-nodes-jsms: batches, delivery reports, replies and verified numbers in n8n.');
		await narrator.finish();
	},
};
