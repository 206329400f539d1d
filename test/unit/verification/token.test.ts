import fc from 'fast-check';

import { deriveKey, MAX_TOKEN_LENGTH, open, seal } from '../../../nodes/JSms/verification/token';
import { openVisit, sealVisit, type Visit } from '../../../nodes/JSms/verification/visit';

/** What a visitor carries: readable by the node that made it, for its time and its step, and by nobody else. */
const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const key = deriveKey('dummymastersecret0000001', ['workflow', 'node']);
const token = seal(key, 'visit', { mobile: '13800000001' }, NOW);
const stateOf = (text: string, now = NOW) => open(key, 'visit', text, now).state;

it('gives back what was put in, and when', () => {
	expect(open(key, 'visit', token, NOW)).toEqual({
		state: 'valid',
		content: { mobile: '13800000001' },
		issuedAt: NOW,
	});
});

it.each([
	['visit', HOUR - 1, 'valid'],
	['visit', HOUR, 'expired'],
	['page', 12 * HOUR - 1, 'valid'],
	['page', 12 * HOUR, 'expired'],
	['page', -HOUR, 'valid'],
] as const)('for a %s is, after %i ms, %s', (kind, after, state) => {
	expect(open(key, kind, seal(key, kind, {}, NOW), NOW + after).state).toBe(state);
});

it('is another one each time, so that nobody can tell that two visitors are the same', () => {
	expect(seal(key, 'visit', { mobile: '13800000001' }, NOW)).not.toBe(token);
});

it.each([
	['another secret', deriveKey('dummymastersecret0000002', ['workflow', 'node'])],
	['another workflow', deriveKey('dummymastersecret0000001', ['other', 'node'])],
	['another node', deriveKey('dummymastersecret0000001', ['workflow', 'other'])],
	['a place that reads the same', deriveKey('dummymastersecret0000001', ['workflownode', ''])],
])('cannot be read with the key of %s', (_, other) => {
	expect(open(other, 'visit', token, NOW)).toEqual({ state: 'invalid' });
});

it('of one step is none in the other', () => {
	expect(open(key, 'page', token, NOW)).toEqual({ state: 'invalid' });
});

it.each([
	'',
	'a',
	'...',
	`${token}=`,
	`${token}\n`,
	token.slice(0, -1),
	token.slice(1),
	`${token}A`,
	token.toLowerCase(),
])('is not %j', (text) => {
	expect(stateOf(text)).toBe('invalid');
});

it('is not read when it is too long', () => {
	const long = seal(key, 'visit', { text: 'x'.repeat(MAX_TOKEN_LENGTH) }, NOW);
	expect(stateOf(long)).toBe('invalid');
});

it('has room for the longest fields that there can be', () => {
	const values = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, '\u6c49'.repeat(500)]));
	const visit: Visit = { id: 'i', mobile: '13800000001', msgId: '1', sentAt: NOW, codes: 1, values };
	expect(openVisit(key, sealVisit(key, visit), NOW)).toEqual(visit);
});

it('is refused whichever bit is changed', () => {
	const bytes = Buffer.from(token, 'base64url');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
			const changed = Buffer.from(bytes);
			changed[bit >> 3] ^= 1 << (bit & 7);
			expect(stateOf(changed.toString('base64url'))).toBe('invalid');
		}),
	);
});

it('never makes the node throw, whatever comes', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.base64String(),
				fc.uint8Array().map((one) => Buffer.from(one).toString('base64url')),
			),
			(text) => {
				expect(stateOf(text)).toBe('invalid');
			},
		),
	);
});

describe('a visit', () => {
	const visit: Visit = { id: 'v', mobile: '13800000001', sentAt: NOW, codes: 2, values: { name: 'Li' } };

	it.each([visit, { ...visit, msgId: '700100200300' }])('comes back as it was: %#', (one) => {
		expect(openVisit(key, sealVisit(key, one), NOW)).toEqual(one);
	});

	it.each([
		{},
		{ ...visit, mobile: 1 },
		{ ...visit, id: undefined },
		{ ...visit, sentAt: 'now' },
		{ ...visit, codes: null },
		{ ...visit, values: [] },
	])('of another version of the package is none: %#', (content) => {
		expect(openVisit(key, seal(key, 'visit', content, NOW), NOW)).toBeUndefined();
	});
});
