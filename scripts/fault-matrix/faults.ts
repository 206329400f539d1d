import type { FaultRequest } from '../../sandbox/faults/queue';
import { closedPort } from '../transport/servers';
import { KINDS } from '../../sandbox/faults/kinds';

/** What the fields hold that a fault cannot do without. */
const FIELDS: Record<string, unknown> = {
	ms: 1200,
	location: 'http://127.0.0.1:9/v1/elsewhere',
	bytes: 20_000_000,
	depth: 200_000,
	bytesPerSecond: 20,
};

/** Kinds that mean something else with other fields. */
const VARIANTS: Record<string, Array<[name: string, fields: Record<string, unknown>]>> = {
	answer: [
		['refused: number (50006)', { code: 50006 }],
		['refused: whole request (50007)', { code: 50007 }],
		['refused: template (50013)', { code: 50013 }],
		['refused: no money (50014)', { code: 50014 }],
		['refused: keys (50002)', { code: 50002 }],
		['fault of the service (50019), nothing accepted', { code: 50019 }],
		['502 page of a gateway, nothing accepted', { status: 502, body: '<html></html>' }],
		['404 page of a proxy, nothing accepted', { status: 404, body: 'not found' }],
	],
	answerAfterAccepting: [
		['fault of the service (50019), accepted', {}],
		['50019 with HTTP 403, accepted', { status: 403, code: 50019 }],
		['504 page of a gateway, accepted', { status: 504, body: '<html></html>' }],
	],
	tooMany: [
		['tooMany', { retryAfter: 0 }],
		['tooMany, long Retry-After', { retryAfter: 3600 }],
	],
	truncate: [
		['truncate (close)', { how: 'close' }],
		['truncate (reset)', { how: 'reset' }],
	],
	millionRows: [['millionRows', {}]],
};

/** Only a timeout ends these. */
const SLOW = new Set(['delay', 'delayAfterAccepting', 'slowDrip', 'neverAnswer', 'neverAnswerAfter']);

export interface MatrixFault {
	name: string;
	/** What the sandbox is asked for */
	fault?: FaultRequest;
	/** Where the node looks for the service instead */
	baseUrl?: string;
	/** Only a timeout ends it */
	slow: boolean;
}

/** Everything that can go wrong: every fault the sandbox has, and failures before the service is reached. */
export async function allFaults(): Promise<MatrixFault[]> {
	const faults = Object.entries(KINDS).flatMap(([kind, { fields }]) => {
		const needed = Object.entries(fields).filter(([, field]) => field.required);
		const missing = needed.find(([field]) => !(field in FIELDS));
		if (missing) throw new Error(`The fault matrix needs an example for "${missing[0]}" of the fault "${kind}"`);
		const required = Object.fromEntries(needed.map(([field]) => [field, FIELDS[field]]));
		const variants = VARIANTS[kind] ?? [[kind, {}]];
		return variants.map(([name, more]) => ({ name, fault: { kind, ...required, ...more }, slow: SLOW.has(kind) }));
	});
	return [
		{ name: 'none', slow: false },
		{ name: 'connection refused', baseUrl: `http://127.0.0.1:${(await closedPort()).port}/v1`, slow: false },
		{ name: 'name not found', baseUrl: `https://${'x'.repeat(64)}.example/v1`, slow: false },
		...faults,
	];
}
