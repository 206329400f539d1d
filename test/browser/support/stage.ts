import type { Page } from 'playwright-core';
import { startInstance, type Instance } from '../../e2e/support/instance';
import { openBrowser } from './browser';
import { CredentialDialog } from './credentialDialog';
import { Editor } from './editor';
import { NodePanel } from './panel';

/** A real n8n with the packed package, beside the sandbox, and a browser to look at its editor. */
export interface Stage {
	instance: Instance;
	page: Page;
	editor: Editor;
	panel: NodePanel;
	dialog: CredentialDialog;
	close(): Promise<void>;
}

/**
 * Starts all of it; nobody is logged in yet.
 * @param differs What differs from a desktop in English, in the words of Playwright
 */
export async function startStage(differs?: Parameters<typeof openBrowser>[0]): Promise<Stage> {
	const instance = await startInstance('main');
	try {
		const browser = await openBrowser(differs);
		const { page } = browser;
		return {
			instance,
			page,
			editor: new Editor(page, instance.client.url),
			panel: new NodePanel(page),
			dialog: new CredentialDialog(page),
			close: async () => {
				await browser.close();
				await instance.close();
			},
		};
	} catch (error) {
		await instance.close();
		throw error;
	}
}

/**
 * For the tests of a file: starts a stage before them, and closes it after them.
 * @param begin What else is to be done before the first test
 */
export function useStage(begin: (stage: Stage) => Promise<void>) {
	let stage: Stage | undefined;
	beforeAll(async () => {
		stage = await startStage();
		await begin(stage);
	}, 240_000);
	afterAll(async () => await stage?.close(), 60_000);
}
