import fc from 'fast-check';

/** One try of the whole node: what comes in, how it is set, and what goes wrong meanwhile. */
export interface Scenario {
	operation: 'sendBatch' | 'send' | 'sendText';
	/** `tool`: called by an AI agent. */
	as: 'node' | 'tool';
	people: Person[];
	/** The people come as lists inside two items instead of one item each. */
	asList: boolean;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail: boolean;
	batchSize: number;
	concurrency: number;
	skipRepeats: boolean;
	/** Number of the sandbox's application: 1 works, the others each have something wrong. */
	application: number;
	/**
	 * `crash`: the same execution runs a second time, as after a killed worker.
	 * `keys`: another execution runs with the same send-once keys.
	 */
	again: 'no' | 'crash' | 'keys';
	/** A workflow that was saved has a store for the guards. */
	saved: boolean;
	faults: Array<Record<string, unknown> & { kind: string }>;
	manners: Record<string, unknown>;
}

export interface Person {
	phone?: string | number | null;
	number?: string | null;
}

const person: fc.Arbitrary<Person> = fc.record({
	phone: fc.oneof(
		{ weight: 8, arbitrary: fc.integer({ min: 13800100001, max: 13800100004 }).map(String) },
		{ weight: 4, arbitrary: fc.integer({ min: 13900000000, max: 13999999999 }) },
		// Endings the sandbox refuses, and what no number is.
		{
			weight: 3,
			arbitrary: fc.constantFrom(
				'13800000006',
				'13800000024',
				'13800000034',
				'139',
				'１３８００１００００１',
				'+86 138-0010-0002',
			),
		},
		{ weight: 1, arbitrary: fc.constantFrom('', null, '😀', '__proto__') },
	),
	number: fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom('1', '2') },
		{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
		{ weight: 1, arbitrary: fc.constantFrom('exampleblackword', '王芳【x】', '', null) },
	),
});

const quick = fc.constantFrom<Array<Record<string, unknown> & { kind: string }>>(
	{ kind: 'answer', code: 50007 },
	{ kind: 'answer', code: 50022 },
	{ kind: 'answer', code: 50014 },
	{ kind: 'answer', code: 50013 },
	{ kind: 'answer', code: 50002 },
	{ kind: 'answer', code: 50019 },
	{ kind: 'answer', status: 502, body: '<html></html>' },
	{ kind: 'answer', status: 404, body: 'not found' },
	{ kind: 'answerAfterAccepting' },
	{ kind: 'answerAfterAccepting', status: 504, body: '' },
	{ kind: 'answerAfterAccepting', status: 403, code: 50019 },
	// Without a wish for a pause the node chooses one itself, which takes its time.
	{ kind: 'tooMany', retryAfter: 0 },
	{ kind: 'tooMany', retryAfter: 3600 },
	{ kind: 'redirect', location: 'http://127.0.0.1:9/v1/messages' },
	{ kind: 'notJson' },
	{ kind: 'emptyBody' },
	{ kind: 'brokenJson' },
	{ kind: 'resetBefore' },
	{ kind: 'resetAfter' },
	{ kind: 'hangUpBefore' },
	{ kind: 'hangUpAfter' },
	{ kind: 'truncate', how: 'close' },
	{ kind: 'truncate', how: 'reset' },
	{ kind: 'dropRows' },
	{ kind: 'dropRows', indexes: [0] },
	{ kind: 'reorderRows', order: 'reversed' },
	{ kind: 'reorderRows', order: 'shuffle', seed: 7 },
	{ kind: 'inventRows', count: 2, at: 'start' },
	{ kind: 'inventRows', mobiles: ['13800100001'], at: 'start' },
	{ kind: 'repeatRows' },
	{ kind: 'repeatRows', indexes: [1] },
	{ kind: 'duplicateKeys' },
	{ kind: 'protoRows' },
	{ kind: 'bigIds' },
	{ kind: 'nulInText' },
	{ kind: 'loneSurrogate' },
	{ kind: 'hugeBody', bytes: 200_000 },
	{ kind: 'millionRows', rows: 3000 },
	{ kind: 'deepNesting', depth: 3000 },
	{ kind: 'gzipBomb', bytes: 300_000 },
);

/** Longer than the timeout of a scenario with slow faults. */
export const SLOW_MS = 450;

/** These cost a timeout or a pause each. */
const slow = fc.constantFrom<Array<Record<string, unknown> & { kind: string }>>(
	{ kind: 'tooMany' },
	{ kind: 'neverAnswer' },
	{ kind: 'neverAnswerAfter' },
	{ kind: 'delay', ms: SLOW_MS },
	{ kind: 'delayAfterAccepting', ms: SLOW_MS },
	{ kind: 'slowDrip', bytesPerSecond: 20 },
);

const isCheap = ({ kind, ...rest }: { kind: string }) =>
	kind !== 'slowDrip' && kind !== 'neverAnswer' && (kind !== 'tooMany' || 'retryAfter' in rest);

const placed = (fault: fc.Arbitrary<Record<string, unknown> & { kind: string }>) =>
	fc
		.tuple(fault, fc.nat(3), fc.constantFrom(1, 1, 2, 'always'))
		.map(([one, after, times]) => ({ ...one, after, times: isCheap(one) ? times : 1 }));

export const scenario: fc.Arbitrary<Scenario> = fc
	.record({
		operation: fc.constantFrom<Array<Scenario['operation']>>(
			'sendBatch',
			'sendBatch',
			'sendBatch',
			'send',
			'send',
			'sendText',
		),
		as: fc.constantFrom<Array<Scenario['as']>>('node', 'node', 'node', 'node', 'tool'),
		people: fc.array(person, { minLength: 1, maxLength: 9 }),
		asList: fc.boolean(),
		onError: fc.constantFrom<Array<Scenario['onError']>>(
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		),
		retryOnFail: fc.boolean(),
		batchSize: fc.integer({ min: 1, max: 6 }),
		concurrency: fc.integer({ min: 1, max: 4 }),
		skipRepeats: fc.boolean(),
		application: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 5, 6, 7, 99),
		again: fc.constantFrom<Array<Scenario['again']>>('no', 'no', 'no', 'crash', 'keys'),
		saved: fc.constantFrom(true, false, false),
		faults: fc.array(fc.oneof({ weight: 30, arbitrary: placed(quick) }, { weight: 1, arbitrary: placed(slow) }), {
			maxLength: 3,
		}),
		manners: fc.record({
			rowOrder: fc.constantFrom('request', 'reversed', 'shuffled'),
			failedRowsCarryId: fc.boolean(),
			failedRowsEchoParameters: fc.boolean(),
			allRowsFailed: fc.constantFrom('rows', 'envelope'),
			wholeRequestCodes: fc.constantFrom<number[][]>([], [50006], [50022, 50023, 50037, 50054], [50034, 50024]),
			msgIds: fc.constantFrom('documented', 'strings', 'uuids'),
			batchWithoutMoney: fc.constantFrom('whole', 'rows'),
			repeatFilter: fc.boolean(),
		}),
	})
	.map((drawn) => ({
		...drawn,
		saved: drawn.saved || drawn.again !== 'no',
		asList: drawn.asList && drawn.operation === 'sendBatch',
		// An agent calls once for one person, or once with a list. A tool has no error output: n8n itself drops all its items there.
		...(drawn.as === 'tool' && {
			again: 'no' as const,
			onError: drawn.onError === 'continueErrorOutput' ? ('continueRegularOutput' as const) : drawn.onError,
			...(drawn.operation !== 'sendBatch' ? { people: drawn.people.slice(0, 1) } : { asList: true }),
		}),
	}));
