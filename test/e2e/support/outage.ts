import { startSandbox } from '../../../sandbox';
import { callbackForm, postCallback, reports } from '../../support/callbacks';
import { eventually } from '../../support/eventually';
import type { ExportedWorkflow, SavedWorkflow } from '../../support/n8nTypes';
import type { Instance } from './instance';
import { KEYS } from '../../support/keys';
import { sendPast } from './polling';
import { JSMS_TRIGGER, RECEIPT_TRIGGER, pollingWorkflow, triggerWorkflow } from './workflows';

type Credential = Instance['credentials'][string];

/** n8n starts while JSMS is down, and while a credential is gone. */
export function describeOutageAtStart(get: () => Instance) {
	test('both triggers start while JSMS is down or settings cannot be read, and work as soon as that is over', async () => {
		const { client, restart } = get();
		let sandbox = await startSandbox();
		try {
			const { port } = new URL(sandbox.url);
			const data = { ...KEYS, baseUrl: sandbox.baseUrl };
			const jSmsApi = await client.createCredential({ name: 'JSms that goes down', type: 'jSmsApi', data });
			const lost = await client.createCredential({ name: 'JSms to be deleted', type: 'jSmsApi', data });
			type Given = Pick<Instance, 'credentials'>;
			const save = async (credential: Credential, build: (given: Given) => ExportedWorkflow, paths: string[]) => {
				const saved: SavedWorkflow = await client.createWorkflow(build({ credentials: { jSmsApi: credential } }));
				await client.activate(saved, paths);
				return saved;
			};
			const { path } = triggerWorkflow(get(), 'outage');
			const callbacks = await save(jSmsApi, (given) => triggerWorkflow(given, 'outage').workflow, [path]);
			const polling = await save(jSmsApi, pollingWorkflow, []);
			const withoutKeys = await save(lost, pollingWorkflow, []);
			// n8n 2.x activates in the background: each polling workflow has its keys checked once.
			const checks = () => sandbox.requests.filter(({ path: asked }) => asked === '/v1/accounts/app').length;
			await eventually(async () => expect(checks()).toBe(2));

			await client.request('DELETE', `/rest/credentials/${lost.id}`);
			await restart(async () => await sandbox.close());

			const [report] = reports(1);
			const url = client.url + path;
			await eventually(async () =>
				expect((await postCallback(url, callbackForm(KEYS, 'SMS_REPORT', report))).status).toBe(200),
			);
			const started = async ({ id }: SavedWorkflow) => await client.readExecutions(id);
			await eventually(async () => expect((await started(callbacks))[0].json(JSMS_TRIGGER)).toMatchObject([report]));
			// The first polls, a minute later at most, are failed executions that say why.
			const failure = async (workflow: SavedWorkflow) =>
				(await started(workflow)).find(({ status }) => status === 'error')?.error;
			await eventually(
				async () => expect((await failure(polling))?.message).toContain('could not connect to JSMS'),
				150_000,
				500,
			);
			await eventually(async () => expect((await failure(withoutKeys))?.message).toMatch(/credential/i), 150_000, 500);

			sandbox = await startSandbox({ port: Number(port) });
			Object.assign(sandbox.settings, { magicEndings: false, frequencyRules: 'off', reportDelayMs: 0 });
			await sendPast({ sandbox }, ['13810000000']);
			const received = async () =>
				(await started(polling)).flatMap((execution) => execution.json(RECEIPT_TRIGGER)).map(({ phone }) => phone);
			await eventually(async () => expect(await received()).toEqual(['13810000000']), 150_000, 500);
			for (const { id } of [callbacks, polling, withoutKeys]) await client.deactivate(id);
		} finally {
			await sandbox.close();
		}
	}, 500_000);
}
