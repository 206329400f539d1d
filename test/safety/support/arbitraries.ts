import fc from 'fast-check';

import type { Entry, Recipient, Shared } from '../../../nodes/JSms/model/recipient';
import { RETURN_CODES } from '../../../nodes/JSms/model/returnCodes';
import { REFUSED_VALUES, type Fault, type Manners, type RowChange } from './fakeService';

/** Few numbers, so that repeats are common; some that a service refuses. */
const mobile = fc.oneof(
	{ weight: 8, arbitrary: fc.integer({ min: 13800000001, max: 13800000006 }).map(String) },
	{ weight: 3, arbitrary: fc.integer({ min: 13900000000, max: 13999999999 }).map(String) },
	{
		weight: 2,
		arbitrary: fc.constantFrom('139', '', '__proto__', 'constructor', '１３８', '\u0000', '😀', '00000000000'),
	},
);

const value = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom('1', '2', '3') },
	{ weight: 2, arbitrary: fc.constantFrom(...Object.keys(REFUSED_VALUES)) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
	{ weight: 1, arbitrary: fc.constantFrom('王芳', '\ud83d', 'a"b', '9007199254740993', '0123') },
);

const tempPara = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ number: value }) },
	{ weight: 1, arbitrary: fc.constant<Record<string, string>>({}) },
	{ weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'number'), value, { maxKeys: 3 }) },
);

const shared: fc.Arbitrary<Shared> = fc.record(
	{ tempId: fc.constantFrom(1250, 2001), signId: fc.constantFrom(37001, 37002), tag: fc.constantFrom('a', 'b') },
	{ requiredKeys: ['tempId'] },
);

const entry = (onceKeys: boolean): fc.Arbitrary<Entry> =>
	fc.oneof(
		{
			weight: 12,
			arbitrary: fc
				.record({
					mobile,
					tempPara,
					shared: fc.oneof({ weight: 3, arbitrary: fc.constant({ tempId: 1250 }) }, { weight: 1, arbitrary: shared }),
					onceKey: onceKeys ? fc.constantFrom('k1', 'k2', 'k3', undefined) : fc.constant(undefined),
				})
				.map(({ onceKey, ...rest }) => ({ item: 0, ...rest, ...(onceKey !== undefined && { onceKey }) })),
		},
		{
			weight: 1,
			arbitrary: fc.constant<Entry>({ item: 0, problem: { message: 'bad', hint: 'fix', concerns: 'recipient' } }),
		},
	);

/** Lines of an input; each knows its place. */
export const entriesOf = (onceKeys: boolean, maxLength: number): fc.Arbitrary<Entry[]> =>
	fc.array(entry(onceKeys), { maxLength }).map((list) => list.map((one, item) => ({ ...one, item })));

const rowChange: fc.Arbitrary<RowChange> = fc.oneof(
	fc.record({
		change: fc.constantFrom('drop' as const, 'repeat' as const),
		at: fc.double({ min: 0, max: 1, noNaN: true }),
	}),
	fc.record({
		change: fc.constant('blur' as const),
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		code: fc.constantFrom<unknown>('', ' ', {}, 'OK', 1.5, '5e4', false),
	}),
	fc.record({ change: fc.constant('shuffle' as const), seed: fc.nat(1000) }),
	fc.record({ change: fc.constant('stranger' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
	fc.record({
		change: fc.constant('lie' as const),
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		failed: fc.boolean(),
	}),
);

/** How far the service got before the connection broke. */
const accepts = fc.constantFrom(0, 0.5, 1);

const refusals = RETURN_CODES.filter(({ httpStatus, code }) => httpStatus < 500 && code !== 50031);

/** Every kind of mishap, each with what it may stand for. */
export const fault: fc.Arbitrary<Fault> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('rows' as const),
			change: fc.array(rowChange, { minLength: 1, maxLength: 4 }),
		}),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(...refusals)
			.map(({ httpStatus: status, code }) => ({ kind: 'refuse' as const, status, code })),
	},
	// No byte left, or a gateway turned it away: nothing is accepted.
	{
		weight: 1,
		arbitrary: fc.constantFrom<Fault>(
			{ kind: 'break', failure: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:443' }, accepts: 0 },
			{ kind: 'break', failure: { code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' }, accepts: 0 },
			{ kind: 'answer', status: 429, body: 'slow down', accepts: 0 },
		),
	},
	// Anything may have happened behind these.
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(
				{ code: 'ECONNRESET', message: 'read ECONNRESET' },
				{ code: 'ECONNRESET', message: 'socket hang up' },
				{ code: 'ECONNABORTED', message: 'timeout of 30000ms exceeded' },
				{ code: 'ERR_CANCELED', message: 'canceled' },
				{ code: 'UNKNOWN', message: '' },
			)
			.chain((failure) => accepts.map((share) => ({ kind: 'break' as const, failure, accepts: share }))),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(
				{ status: 500, body: '{"error":{"code":50019,"message":"server error"}}' },
				{ status: 403, body: '{"error":{"code":50019,"message":"server error"}}' },
				{ status: 502, body: '<html>bad gateway</html>' },
				{ status: 503, body: '{"error":{"code":50006,"message":"invalid mobile"}}' },
				{ status: 200, body: '<html></html>' },
				{ status: 200, body: '' },
				{ status: 200, body: '{"recipients":[{"mobile":' },
				{ status: 200, body: '{"recipients":{}}' },
				{ status: 200, body: '[]' },
				{ status: 302, body: '' },
				{ status: 302, body: '{"error":{"code":50006,"message":"invalid mobile"}}' },
				{ status: 200, body: '{"error":{"code":50000,"message":"success"}}' },
				{ status: 403, body: '{"error":{"code":0,"message":"success"}}' },
				{ status: 403, body: '{"error":{"code":50006,"message":"invalid mobile"},"msg_id":"1"}' },
				{ status: 403, body: '{"error":{"code":50006,"message":"invalid mobile"},"success_count":1}' },
				{
					status: 403,
					body: '{"error":{"code":50037,"message":"has black word"},"recipients":[{"mobile":"13800000001","msg_id":"1"}]}',
				},
				{ status: 404, body: 'not found' },
			)
			.chain((given) => accepts.map((share) => ({ kind: 'answer' as const, ...given, accepts: share }))),
	},
	{ weight: 1, arbitrary: accepts.map((share) => ({ kind: 'throw' as const, accepts: share })) },
);

export const manners: fc.Arbitrary<Manners> = fc.record({
	strict: fc.boolean(),
	echo: fc.boolean(),
	failedIds: fc.boolean(),
	bareIds: fc.boolean(),
	counts: fc.boolean(),
});

/** Two recipients to whom the same SMS would go. */
export const contentOf = ({ mobile: number, tempPara: parameters }: Recipient): string =>
	JSON.stringify([number, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))]);
