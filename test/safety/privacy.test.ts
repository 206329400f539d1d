/** What must not show: the keys nowhere, whole phone numbers in no log, hint or error. */
// The gap between pulls is no matter here, and there are hundreds of them. Before all that loads it.
jest.mock('../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 0 }));

import type { ICredentialDataDecryptedObject, IDataObject, IRun } from 'n8n-workflow';

import { allFaults } from '../../scripts/fault-matrix/faults';
import { startSandbox, type Sandbox } from '../../sandbox';
import { allOperations } from '../../scripts/fault-matrix/operations';
import { errorOf, hintsOf, takeLogs, type NodeExtras } from '../support/engine';
import { JSMS, jsmsAt, keysOf } from '../support/jsms';

let sandbox: Sandbox;
let faults: Array<{ name: string; fault?: Parameters<Sandbox['fault']>[0]; baseUrl?: string; slow?: boolean }>;
beforeAll(async () => {
	// Short pauses between the tries of reads.
	const random = Math.random;
	jest.spyOn(Math, 'random').mockImplementation(() => random() / 5);
	sandbox = await startSandbox({
		settings: { quota: 'unlimited', frequencyRules: 'off', recordBodies: false, pullIntervalSeconds: 0 },
	});
	// A refusal that repeats what it refuses, as some services do.
	const echo = { error: { code: 50006, message: 'invalid mobile 13800100001, 13800100002 and 13800100003' } };
	faults = [
		...(await allFaults()),
		{ name: 'numbers in the answer', fault: { kind: 'answer', status: 403, body: echo, times: 'always' }, slow: false },
		{
			name: 'numbers in another refusal',
			fault: { kind: 'answer', status: 403, body: { error: { ...echo.error, code: 50013 } }, times: 'always' },
			slow: false,
		},
	];
});
afterAll(async () => {
	jest.restoreAllMocks();
	await sandbox.close();
});

/** The first two values of a credential: its key and its secret. */
const secretsIn = (credential: ICredentialDataDecryptedObject) =>
	Object.values(credential).slice(0, 2).map(String) as [string, string];
const { jSmsApi, jSmsDeveloperApi } = keysOf('http://127.0.0.1/v1');
const KEYS = secretsIn(jSmsApi);
const DEVELOPER_KEYS = secretsIn(jSmsDeveloperApi);
const base64 = (user: string, password: string) => Buffer.from(`${user}:${password}`).toString('base64');
const SECRETS = [...KEYS, ...DEVELOPER_KEYS, base64(...KEYS), base64(...DEVELOPER_KEYS)];

const SETTINGS: NodeExtras[] = [
	{ onError: 'stopWorkflow', retryOnFail: false },
	{ onError: 'continueErrorOutput', retryOnFail: true },
];

/** Everything that is reachable from a value, functions and what errors hide included. */
function textOf(value: unknown, seen = new Set<object>()): string {
	if (typeof value !== 'object' || value === null) return String(value);
	if (seen.has(value)) return '';
	seen.add(value);
	if (seen.size > 20_000) return '';
	return Object.getOwnPropertyNames(value)
		.filter((key) => !(Array.isArray(value) && key === 'length'))
		.map((key) => `${key} ${textOf((value as Record<string, unknown>)[key], seen)}`)
		.join('\n');
}

const found = (text: string, words: string[]) => words.filter((word) => text.includes(word));

it.each(allOperations().map((operation) => [operation.title, operation] as const))(
	'%s: no key anywhere, no whole number in logs, hints and errors',
	async (_title, operation) => {
		const numbers = ['13800100001', '13800100002', '13800100003', '13800100004', '13800100005'];
		const leaks: string[] = [];
		for (const { name, fault, baseUrl, slow } of faults) {
			for (const settings of SETTINGS) {
				sandbox.reset();
				if (fault) sandbox.fault(fault);
				const { options } = operation.parameters;
				const parameters = { ...operation.parameters, options: { ...options, ...(slow && { timeout: 150 }) } };
				const items = operation.items.map((item) => ({ messageId: '288193860302', code: '123456', ...item }));
				const extras = { ...settings, maxTries: 2, run: { workflowId: '' } };
				takeLogs();
				const run = await jsmsAt(sandbox.baseUrl).runNode(
					parameters,
					items,
					extras,
					keysOf(baseUrl ?? sandbox.baseUrl),
				);
				const logs = textOf(takeLogs());
				const error = errorOf(run);
				const spoken = [textOf(hintsOf(run, JSMS)), error ? textOf(error) : '', messagesOf(run)].join('\n');
				for (const secret of found(`${textOf(run)}\n${logs}`, SECRETS)) leaks.push(`${name}: ${secret}`);
				for (const number of found(`${logs}\n${spoken}`, numbers)) leaks.push(`${name}: ${number}`);
			}
		}
		expect(leaks).toEqual([]);
	},
);

/** The sentences in items: numbers stand in fields of their own. */
function messagesOf(run: IRun) {
	const items = run.data.resultData.runData[JSMS]?.flatMap(({ data }) => data?.main ?? []).flat() ?? [];
	return items
		.flatMap((item) => (item ? [item.json as { details?: IDataObject } & IDataObject] : []))
		.map((json) => [json.error, json.details?.hint, json.error_message, json.error_hint].join('\n'))
		.join('\n');
}
