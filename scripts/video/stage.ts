import type { Page } from 'playwright-core';

import { openBrowser } from '../../test/browser/support/browser';
import { CredentialDialog } from '../../test/browser/support/credentialDialog';
import { Editor } from '../../test/browser/support/editor';
import { NodePanel } from '../../test/browser/support/panel';
import { showcase } from '../../test/browser/support/people';
import { startInstance } from '../../test/e2e/support/instance';
import { list } from './listing';
import { PAGE } from './size';

/** What the scenes play on: a real n8n, the sandbox, and a browser whose user is logged in. */
export interface Stage {
	instance: Awaited<ReturnType<typeof startInstance>>;
	page: Page;
	editor: Editor;
	panel: NodePanel;
	dialog: CredentialDialog;
	/** Ends n8n and the sandbox; the browser stays. */
	endN8n(): Promise<void>;
	close(): Promise<void>;
}

/** n8n greets a workflow that was just published with a checklist; it would cover a third of the page. */
const WITHOUT_CHECKLIST = `{
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('[data-reka-popper-content-wrapper]:has([data-test-id="suggested-actions-close"]) { display: none; }');
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}`;

const TYPE_PREFIX = 'n8n-nodes-jsms.';

/** Starts all of it. What takes time, such as the first page of the editor, is over when this returns. */
export async function setStage(): Promise<Stage> {
	const closing: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		const instance = await startInstance('main');
		const endN8n = once(() => instance.close());
		closing.push(endN8n);
		const { client, folder, installation } = instance;
		// The viewer is to see how a credential is made.
		for (const { id } of Object.values(instance.credentials)) await client.request('DELETE', `/rest/credentials/${id}`);
		const types = (await client.nodeTypes()) as Array<{
			name: string;
			displayName: string;
			version: number | number[];
		}>;
		const nodes = types
			// n8n adds a second form of some nodes, for agents.
			.filter(({ name }) => name.startsWith(TYPE_PREFIX) && !name.endsWith('Tool'))
			.map(({ name, displayName, version }) => ({
				type: name,
				name: displayName,
				version: [version].flat().at(-1) ?? 1,
			}));
		list(installation.node, folder, nodes);
		// Its node has no credential yet.
		const batch = (await client.createWorkflow(withoutCredentials(showcase({})))) as { id: string };

		const browser = await openBrowser({ viewport: PAGE, colorScheme: 'light' });
		closing.push(() => browser.close());
		const { page } = browser;
		await page.addInitScript(WITHOUT_CHECKLIST);
		const editor = new Editor(page, client.url);
		await editor.logIn();
		// The browser compiles the editor once; later it takes a second.
		await editor.openWorkflow(batch.id);
		await page.goto(`${client.url}/settings/community-nodes`);
		await page.getByText('n8n-nodes-jsms').first().waitFor();
		return {
			instance,
			page,
			editor,
			panel: new NodePanel(page),
			dialog: new CredentialDialog(page),
			endN8n,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

function withoutCredentials<Workflow extends { nodes: object[] }>(workflow: Workflow): Workflow {
	return { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, credentials: undefined })) };
}

function once(action: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined;
	return () => (done ??= action());
}
