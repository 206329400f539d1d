import { KEYS } from '../../../test/support/keys';
import { openFromList, type Scene } from './scene';

/** A new credential, and n8n's test of it. */
export const credential: Scene = {
	name: 'the credential',
	async play(set) {
		const { dialog, editor, hand, instance, narrator, page } = set;
		await narrator.say('This workflow sends a notice to every customer in a list, each with their own order number.');
		await openFromList(set, 'Order notices');
		await narrator.finish();
		await hand.doubleClick(editor.node('Send the batch'));
		await narrator.say(
			'The node needs a credential: App Key and Master Secret of an application in the Jiguang console.',
		);
		const connect = page.getByRole('button', { name: 'Connect to JSms' });
		await hand.moveTo(connect);
		await dialog.create();
		await hand.paste(dialog.input('App Key'), KEYS.appKey);
		await hand.paste(dialog.input('Master Secret'), KEYS.masterSecret);
		await hand.paste(dialog.input('Base URL'), instance.sandbox.baseUrl);
		await narrator.finish();
		await dialog.save();
		await dialog.waitUntilClosed();
		await dialog.edit();
		await page.getByText('Connection tested successfully').waitFor();
		await editor.dismissToasts();
		await narrator.say('n8n tested the keys when it saved them: the connection works. The test sends no SMS.');
		await hand.moveTo(page.getByText('Connection tested successfully'));
		await narrator.finish();
		await dialog.close();
		await editor.closeNode();
	},
};
