import type { IDataObject, INodeParameters } from 'n8n-workflow';

const longText = 'x'.repeat(8_000_000);

/** Answers that a sane service never gives. */
export const CASES: Record<string, { kind: string } & IDataObject> = {
	'50 MB': { kind: 'hugeBody', bytes: 50_000_000 },
	'15 MB that are read': { kind: 'hugeBody', bytes: 15_000_000 },
	'a million rows': { kind: 'millionRows', rows: 1_000_000 },
	'a hundred thousand rows': { kind: 'millionRows', rows: 100_000 },
	'two million nested lists': { kind: 'deepNesting', depth: 2_000_000 },
	'a gigabyte of gzip': { kind: 'gzipBomb', bytes: 1_000_000_000 },
	'the same keys twice': { kind: 'duplicateKeys' },
	'prototypes in rows': { kind: 'protoRows' },
	'numbers beyond 2^53': { kind: 'bigIds' },
	'NUL in texts': { kind: 'nulInText' },
	'half surrogate pairs': { kind: 'loneSurrogate' },
	'a refusal with 8 MB of reasons': {
		kind: 'answer',
		status: 403,
		body: { error: { code: 50013, message: longText } },
	},
	'a drip of 40 bytes a second': { kind: 'slowDrip', bytesPerSecond: 40 },
};

export const TIMEOUT_MS = 4000;
const people = Array.from({ length: 500 }, (_, index) => ({ mobile: String(13800200000 + index) }));
const message = {
	resource: 'message',
	mobile: '={{ $json.mobile }}',
	templateId: 1250,
	parameterMode: 'json',
	parametersJson: '{"number":"1"}',
	options: { timeout: TIMEOUT_MS },
};

export type Operation = 'sendBatch' | 'send' | 'getAppBalance';

/** One that is matched row by row, one that is read for an id, one that passes on what the service says. */
export const OPERATIONS: Record<Operation, { parameters: INodeParameters; items: IDataObject[] }> = {
	sendBatch: { parameters: { ...message, operation: 'sendBatch' }, items: people },
	send: { parameters: { ...message, operation: 'send' }, items: people.slice(0, 1) },
	getAppBalance: {
		parameters: { resource: 'account', operation: 'getAppBalance', options: { timeout: TIMEOUT_MS } },
		items: [{}],
	},
};

/** What came of one case, as the process that played it tells. */
export interface Played {
	name: string;
	operation: Operation;
	ms: number;
	/** The most memory so far, megabytes. */
	peak: number;
	/** Characters that n8n would store. */
	saved: number;
	error?: string;
	rows: number;
	/** The first item, as JSON, cut off. */
	first: string;
	hints: string[];
	polluted: boolean;
}
