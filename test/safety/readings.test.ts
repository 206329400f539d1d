/**
 * Where the documentation of JSMS leaves something open, a switch of the sandbox stands for each reading. The node must be right
 * with all of them: no double send, no lost row, nothing called sent that was not.
 */
import { itemsWithRows, runCell } from '../../scripts/fault-matrix/cell';
import { allOperations, type MatrixOperation } from '../../scripts/fault-matrix/operations';
import { startSandbox } from '../../sandbox';
import { SETTINGS } from '../../sandbox/settings-table';

/** Values of switches that do not list all they can have: other ones than the default. */
const EXAMPLES: Record<string, unknown[]> = {
	maxBodyBytes: [200],
	latencyMs: [20],
	wholeRequestCodes: [[50006]],
	maxTextLength: [10, 1000],
	blackWords: [[], ['a']],
	optedOut: [['13800100002']],
	optOutPhrase: ['回T退订'],
	repeatWindowSeconds: [3600],
	balanceIntervalSeconds: [20],
	sendTimeOffsetMinutes: [0, 540],
	scheduleHorizonDays: [30],
	reportDelayMs: [0],
	receiptsPerPull: [1],
	pullIntervalSeconds: [0],
	receiptsKeptDays: [7],
	optOutWords: [[]],
	callbackTimeoutMs: [100],
	callbackRepeatsMs: [[]],
	callbacksAtOnce: [1],
	callbackCopies: [2],
	reviewDelayMs: [1000],
	templateRemarkMax: [100],
	signatureMaxLength: [8],
	verifyAttempts: [1],
	voiceTtlMax: [60],
	clockOffsetMs: [86_400_000],
	maxRecordedRequests: [1],
};

/** Switches of the sandbox itself: without the list of requests there is nothing to count. */
const WITHOUT_READINGS = ['recordRequests'];

const READINGS = Object.entries(SETTINGS)
	.filter(([name]) => !WITHOUT_READINGS.includes(name))
	.flatMap(([name, { default: usual, choices }]) => {
		const values: readonly unknown[] = choices?.filter((choice: unknown) => choice !== usual) ?? EXAMPLES[name] ?? [];
		return values.map((value) => ({ name, value, shown: JSON.stringify(value) }));
	});

/** The last of its recipients is one whom JSMS refuses. */
const OPERATIONS: MatrixOperation[] = allOperations()
	.filter(({ kind }) => kind !== 'pull')
	.map((operation) => ({
		...operation,
		items: operation.items.map((item, index, { length }) =>
			length > 1 && index === length - 1 && operation.sends ? { ...item, mobile: '13800100006' } : item,
		),
	}));

it('knows another value of every switch', () => {
	const known = new Set([...READINGS.map(({ name }) => name), ...WITHOUT_READINGS]);
	expect(Object.keys(SETTINGS).filter((name) => !known.has(name))).toEqual([]);
});

it.each(READINGS)('$name: $shown', async ({ name, value }) => {
	const usual = { quota: 'unlimited', frequencyRules: 'off', recordBodies: false } as const;
	const sandbox = await startSandbox({ settings: { ...usual, [name]: value } });
	try {
		const found: string[] = [];
		let accepted = 0;
		for (const operation of OPERATIONS) {
			const expected = operation.reads ? await itemsWithRows(sandbox, operation) : undefined;
			for (const onError of ['continueRegularOutput', 'stopWorkflow'] as const) {
				const settings = { onError, retryOnFail: onError === 'stopWorkflow' };
				const cell = await runCell(sandbox, operation, { name: 'none', slow: false }, settings, expected);
				accepted += cell.accepted;
				found.push(...cell.violations.map((violation) => `${operation.title}, ${onError}: ${violation}`));
			}
		}
		expect(found).toEqual([]);
		expect(accepted).toBeGreaterThan(0);
	} finally {
		await sandbox.close();
	}
});
