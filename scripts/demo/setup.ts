import fs from 'node:fs';
import path from 'node:path';
import type { N8nClient, Workflow } from '../n8n/client';
import type { Sandbox } from '../../sandbox';

/**
 * The two applications of the samples. Reports of an application are either pulled or called back, so that showing both
 * ways takes two.
 */
const APPLICATIONS = {
	'JSms sandbox': { appKey: 'exampleappkey00000000001', masterSecret: 'dummymastersecret0000001' },
	'JSms sandbox, second application': { appKey: 'exampleappkey00000000004', masterSecret: 'dummymastersecret0000004' },
};
export const CALLED_BACK = APPLICATIONS['JSms sandbox, second application'].appKey;
const TYPE = 'jSmsApi';

type SavedCredential = { id: string; name: string; type: string };

/** Where the trigger for callbacks listens; the first part stands in the sample. */
export const CALLBACK_PATH = '/webhook/jsms-demo-callbacks/jsms';

/** Where the verification page is; the first part stands in the sample. */
export const PAGE_PATH = '/webhook/jsms-demo-page/verify';

/**
 * Puts the sample credentials and the sample workflows into an n8n. What is there from an earlier start stays, edits
 * included; only the credentials follow the sandbox to its new address, and the sandbox learns where to call back.
 * @returns The saved workflows
 */
export async function setUp(
	client: N8nClient,
	{ sandbox, contactsFile }: { sandbox: Sandbox; contactsFile: string },
): Promise<Record<'batch' | 'verification' | 'page' | 'campaign' | 'receipts' | 'callbacks', Workflow>> {
	const credentials: Record<string, { id: string; name: string }> = {};
	for (const [name, keys] of Object.entries(APPLICATIONS)) {
		credentials[name] = await ensureCredential(client, name, { ...keys, baseUrl: sandbox.baseUrl });
	}
	const batch = load('batch.workflow.json');
	batch.nodes.find((node) => node.name === 'Read contacts.csv')!.parameters.fileSelector = contactsFile;
	const saved = {
		batch: await ensureWorkflow(client, batch, credentials),
		verification: await ensureWorkflow(client, load('verification.workflow.json'), credentials),
		page: await ensureWorkflow(client, load('page.workflow.json'), credentials),
		campaign: await ensureWorkflow(client, load('campaign.workflow.json'), credentials),
		receipts: await ensureWorkflow(client, load('receipts.workflow.json'), credentials),
		callbacks: await ensureWorkflow(client, load('callbacks.workflow.json'), credentials),
	};
	// Its form is for people: it has to be there without a click in the editor.
	if (!saved.verification.active) await client.activate(saved.verification, ['/form/jsms-demo-verify']);
	if (!saved.page.active) await client.activate(saved.page, [PAGE_PATH]);
	await client.activate(saved.callbacks, [CALLBACK_PATH]);
	await sandbox.callbacks.set(client.url + CALLBACK_PATH, { appKey: CALLED_BACK, kinds: ['report', 'reply'] });
	return saved;
}

async function ensureCredential(client: N8nClient, name: string, data: Record<string, unknown>) {
	const present = (await client.request<SavedCredential[]>('GET', '/rest/credentials')).find(
		(credential) => credential.name === name && credential.type === TYPE,
	);
	if (!present) return client.createCredential({ name, type: TYPE, data });
	return client.request<SavedCredential>('PATCH', `/rest/credentials/${present.id}`, { name, type: TYPE, data });
}

async function ensureWorkflow(
	client: N8nClient,
	workflow: Workflow,
	credentials: Record<string, { id: string; name: string }>,
) {
	const present = (await client.listWorkflows()).find(({ name }) => name === workflow.name);
	if (present) return client.getWorkflow(present.id);
	for (const node of workflow.nodes) {
		const wanted = node.credentials?.[TYPE];
		if (!wanted) continue;
		const { id, name } = credentials[wanted.name];
		node.credentials = { ...node.credentials, [TYPE]: { id, name } };
	}
	return client.createWorkflow(workflow);
}

function load(file: string): Workflow {
	return JSON.parse(fs.readFileSync(path.join(__dirname, file), 'utf8'));
}
