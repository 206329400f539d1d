import { showcase } from '../../test/browser/support/people';
import { startStage, type Stage } from '../../test/browser/support/stage';
import { list } from './listing';
import { PAGE } from './size';

/** n8n greets a workflow that was just published with a checklist; it would cover a third of the page. */
const WITHOUT_CHECKLIST = `{
	const sheet = new CSSStyleSheet();
	sheet.replaceSync('[data-reka-popper-content-wrapper]:has([data-test-id="suggested-actions-close"]) { display: none; }');
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}`;

const TYPE_PREFIX = 'n8n-nodes-jsms.';

/** What the scenes play on, with its user logged in. What takes time, such as the first page of the editor, is over when this returns. */
export async function setStage(): Promise<Stage> {
	const stage = await startStage({ viewport: PAGE, colorScheme: 'light' });
	try {
		const { instance, page, editor } = stage;
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

		await page.addInitScript(WITHOUT_CHECKLIST);
		await editor.logIn();
		// The browser compiles the editor once; later it takes a second.
		await editor.openWorkflow(batch.id);
		await page.goto(`${client.url}/settings/community-nodes`);
		await page.getByText('n8n-nodes-jsms').first().waitFor();
		return stage;
	} catch (error) {
		await stage.close();
		throw error;
	}
}

function withoutCredentials<Workflow extends { nodes: object[] }>(workflow: Workflow): Workflow {
	return { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, credentials: undefined })) };
}
