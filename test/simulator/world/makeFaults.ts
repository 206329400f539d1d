import type { Choice } from '../random';
import { ODD_SHAPES } from '../service/odd';
import type { ServiceFault, StoreFault } from './types';

export function makeStoreFaults({ chance, whole, one, weighted }: Choice): Record<number, StoreFault> {
	const faults: Record<number, StoreFault> = {};
	if (!chance(0.22)) return faults;
	for (let count = whole(1, 2); count > 0; count -= 1) {
		faults[whole(0, 9)] = weighted<StoreFault>(
			[3, { kind: 'slow', ms: one(50, 500, 2000, 10_000) }],
			[1, { kind: 'hang' }],
			[2, { kind: 'refuse' }],
			[1, { kind: 'refuseAfter' }],
		);
	}
	return faults;
}

/** With words that carry what must not be shown: a whole number, the keys in the way they go over the wire. */
const REFUSALS: ReadonlyArray<Extract<ServiceFault, { kind: 'refuse' }>> = [
	{ kind: 'refuse', code: 50014, message: 'no money' },
	{ kind: 'refuse', code: 50013, message: 'invalid temp_id' },
	{ kind: 'refuse', code: 50009, message: 'out of freq' },
	{ kind: 'refuse', code: 50022, message: 'parameters not all replaced' },
	{ kind: 'refuse', code: 50051, message: 'signatures not exist' },
	{ kind: 'refuse', code: 50006, message: 'invalid mobile 13810000010' },
	{ kind: 'refuse', code: 50006, message: 'invalid mobile +86 138 1000 0010' },
	{
		kind: 'refuse',
		code: 50002,
		status: 401,
		message: 'auth failed: Basic ZHVtbXlrZXlkdW1teWtleWR1bW15a2V5OmR1bW15c2VjcmV0ZHVtbXlzZWNyZXQwMA==',
	},
	{ kind: 'refuse', code: 99999, message: 'new code' },
];

export function makeServiceFaults(choice: Choice): Record<number, ServiceFault> {
	const faults: Record<number, ServiceFault> = {};
	if (!choice.chance(0.6)) return faults;
	for (let count = choice.whole(1, 3); count > 0; count -= 1) {
		// Most worlds make few requests.
		faults[choice.one(0, 0, 1, 1, 2, 3, 5)] = makeServiceFault(choice);
	}
	return faults;
}

function makeServiceFault({ one, weighted }: Choice): ServiceFault {
	const gateway = '{"error":{"code":50006,"message":"x"}}';
	return weighted<ServiceFault>(
		[4, one(...REFUSALS)],
		[
			2,
			{
				kind: 'rowsRefused',
				digits: one('0', '1', '02468', '0123456789'),
				code: one('50006', '50009', '50034', '50014', '50019', '50019'),
			},
		],
		[1, { kind: 'tooMany' }],
		[1, { kind: 'tooMany', retryAfter: one(0, 1, 600) }],
		[1, { kind: 'connectionRefused' }],
		[2, { kind: 'reset', when: 'after' }],
		[1, { kind: 'reset', when: 'before' }],
		[0.7, { kind: 'reset', when: 'after', thenDue: true }],
		[1, { kind: 'hang', when: 'after' }],
		[0.5, { kind: 'hang', when: 'before' }],
		[1, { kind: 'status', when: 'after', status: one(500, 502, 504, 404, 200, 302) }],
		[0.5, { kind: 'status', when: 'after', status: one(500, 502), body: gateway }],
		[1, { kind: 'status', when: 'before', status: one(502, 503, 413, 403) }],
		[0.7, { kind: 'serverError' }],
		[0.7, { kind: 'cut' }],
		[0.5, { kind: 'drip' }],
		[1.5, { kind: 'slow', ms: one(50, 500, 3000, 40_000) }],
		[1.5, { kind: 'odd', shape: weighted([1, 'lostRow'], [1, 'lackingLastRow'], [5, one(...ODD_SHAPES)]) }],
	);
}
