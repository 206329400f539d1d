import fc from 'fast-check';

import { ExpiringMap } from '../../../nodes/JSms/verification/expiringMap';
import { SendCounter, type SendLimits, type Sender } from '../../../nodes/JSms/verification/limits';

/** How many codes are sent, to whom and for whom. */
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const limits: SendLimits = { resendAfter: 60, perNumberAndDay: 3, perAddressAndHour: 4, perHour: 5 };
const sender = (mobile: string, address?: string, nodeKey = 'p'): Sender => ({
	nodeKey,
	mobile,
	...(address !== undefined && { address }),
});

/** What became of requests, one after the other. */
const run = (requests: Array<[seconds: number, mobile: string, address?: string, nodeKey?: string]>) => {
	const counter = new SendCounter();
	return requests.map(([seconds, mobile, address, nodeKey]) => {
		const verdict = counter.take(sender(mobile, address, nodeKey), limits, seconds * SECOND);
		return verdict.granted ? 'sent' : `${verdict.error} ${verdict.retryAfter}`;
	});
};

it.each([
	[
		'a second code too soon',
		[
			[0, 'a'],
			[59, 'a'],
			[60, 'a'],
		],
		['sent', 'too_soon 1', 'sent'],
	],
	[
		'more codes than a number gets in a day',
		[
			[0, 'a'],
			[100, 'a'],
			[200, 'a'],
			[300, 'a'],
			[86_399, 'a'],
			[86_400, 'a'],
		],
		['sent', 'sent', 'sent', 'too_many_codes 86100', 'too_many_codes 1', 'sent'],
	],
	[
		'more codes than an address may ask for in an hour',
		[
			[0, 'a', 'x'],
			[1, 'b', 'x'],
			[2, 'c', 'x'],
			[3, 'd', 'x'],
			[4, 'e', 'x'],
			[5, 'e', 'y'],
			[3600, 'f', 'x'],
		],
		['sent', 'sent', 'sent', 'sent', 'too_many_codes 3596', 'sent', 'sent'],
	],
	[
		'more codes than there are in an hour',
		[
			[0, 'a'],
			[1, 'b'],
			[2, 'c'],
			[3, 'd'],
			[4, 'e'],
			[5, 'f'],
			[3600, 'f'],
		],
		['sent', 'sent', 'sent', 'sent', 'sent', 'busy 3595', 'sent'],
	],
	[
		'nothing of another node',
		[
			[0, 'a', 'x', 'p'],
			[0, 'a', 'x', 'q'],
		],
		['sent', 'sent'],
	],
	[
		'addresses apart from numbers of the same text',
		[
			[0, '1', '2'],
			[0, '2', '1'],
			[1, '1', '2'],
		],
		['sent', 'sent', 'too_soon 59'],
	],
] as Array<[string, Array<[number, string, string?, string?]>, string[]]>)('counts %s', (_, requests, results) => {
	expect(run(requests)).toEqual(results);
});

it('gives back what was not sent, except to the address', () => {
	const counter = new SendCounter();
	for (let count = 0; count < 4; count += 1) {
		const verdict = counter.take(sender('a', 'x'), limits, count);
		expect(verdict.granted).toBe(true);
		if (verdict.granted) verdict.release();
	}
	expect(counter.take(sender('a', 'x'), limits, 9)).toMatchObject({ granted: false, error: 'too_many_codes' });
	expect(counter.take(sender('a', 'y'), limits, 9)).toMatchObject({ granted: true });
});

it('gives back a code of the hour, too', () => {
	const counter = new SendCounter();
	const few = { ...limits, perHour: 1 };
	const verdict = counter.take(sender('a'), few, 0);
	if (verdict.granted) verdict.release();
	expect(counter.take(sender('b'), few, 1)).toMatchObject({ granted: true });
	expect(counter.take(sender('c'), few, 2)).toMatchObject({ error: 'busy' });
});

it('gives back nothing twice', () => {
	const counter = new SendCounter();
	const first = counter.take(sender('a'), limits, 0);
	if (first.granted) {
		first.release();
		first.release();
	}
	counter.take(sender('a'), limits, 0);
	expect(counter.take(sender('a'), limits, 1)).toMatchObject({ error: 'too_soon' });
});

it('never lets more through than any limit, whatever the order', () => {
	const request = fc.record({
		wait: fc.integer({ min: 0, max: 2 * HOUR }),
		mobile: fc.constantFrom('a', 'b', 'c', 'd'),
		address: fc.constantFrom('x', 'y', undefined),
		fails: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
			const counter = new SendCounter();
			const sent: Array<{ at: number; mobile: string; address?: string }> = [];
			let now = 0;
			for (const { wait, mobile, address, fails } of requests) {
				now += wait;
				const verdict = counter.take(sender(mobile, address), limits, now);
				if (!verdict.granted) {
					expect(verdict.retryAfter).toBeGreaterThan(0);
				} else if (fails) verdict.release();
				else sent.push({ at: now, mobile, ...(address !== undefined && { address }) });
			}
			for (const { at, mobile, address } of sent) {
				const within = (ms: number) => sent.filter((other) => other.at <= at && at - other.at < ms);
				expect(within(HOUR).length).toBeLessThanOrEqual(5);
				expect(within(60_000).filter((other) => other.mobile === mobile)).toHaveLength(1);
				expect(within(24 * HOUR).filter((other) => other.mobile === mobile).length).toBeLessThanOrEqual(3);
				if (address !== undefined)
					expect(within(HOUR).filter((other) => other.address === address).length).toBeLessThanOrEqual(4);
			}
		}),
	);
});

it('keeps its word about when the next code may be sent', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({ min: 0, max: HOUR }), fc.constantFrom('a', 'b')), { maxLength: 40 }),
			(requests) => {
				const counter = new SendCounter();
				let now = 0;
				for (const [wait, mobile] of requests) {
					now += wait;
					const verdict = counter.take(sender(mobile, 'x'), limits, now);
					if (verdict.granted) continue;
					now += verdict.retryAfter * SECOND;
					const next = counter.take(sender(mobile, 'x'), limits, now);
					// Another limit may then be the next one that is reached, never the same.
					if (!next.granted) expect(next.limit).not.toBe(verdict.limit);
				}
			},
		),
	);
});

describe('the memory', () => {
	it('forgets after its time, the oldest first when it is full', () => {
		const map = new ExpiringMap<string>(100, 2);
		map.set('a', '1', 0);
		map.set('b', '2', 50);
		expect([map.get('a', 99), map.get('a', 100), map.get('b', 149)]).toEqual(['1', undefined, '2']);
		map.set('c', '3', 60);
		map.set('d', '4', 60);
		expect([map.size, map.get('b', 60), map.get('d', 60)]).toEqual([2, undefined, '4']);
		map.delete('c');
		map.set('d', '5', 70);
		expect([map.size, map.get('d', 169)]).toEqual([1, '5']);
	});

	it('does not grow beyond its bounds', () => {
		const map = new ExpiringMap<number>(1000, 10);
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.string(), fc.nat(5000))), (writes) => {
				for (const [key, now] of writes) map.set(key, now, now);
				expect(map.size).toBeLessThanOrEqual(10);
			}),
		);
	});

	it('of a counter is bounded as a whole', () => {
		const counter = new SendCounter();
		const open = { ...limits, perHour: 1e9, perAddressAndHour: 1e9 };
		// The list of all codes of an hour would make this slow, so that each has a node of its own.
		for (let index = 0; index < 60_000; index += 1)
			counter.take(sender(`m${index}`, `x${index}`, `p${index}`), open, index);
		expect(counter.size).toBeLessThanOrEqual(101_000);
	});
});
