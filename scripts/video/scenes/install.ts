import type { Scene } from './scene';

/** Settings > Community nodes. */
export const install: Scene = {
	name: 'the installation',
	async play({ page, hand, narrator }) {
		await narrator.say('n8n-nodes-jsms sends SMS in mainland China through JSMS, the SMS service of Jiguang.');
		await narrator.say('Everything here is a real n8n. A local sandbox takes the place of JSMS, so no SMS is sent.');
		await narrator.say('To install the package, enter its name under Settings > Community nodes > Install.');
		await hand.click(page.getByRole('button', { name: /^Install/ }).first());
		const dialog = page.getByRole('dialog');
		await hand.type(dialog.locator('input[type=text], input:not([type])').first(), 'n8n-nodes-jsms');
		await narrator.finish();
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'hidden' });
		await narrator.say('n8n lists the installed package with its version and its four nodes.');
		await hand.moveTo(page.getByText('n8n-nodes-jsms').first());
		await narrator.finish();
	},
};
