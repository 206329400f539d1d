import * as fc from 'fast-check';

import { findShortfall, groupOf, lacksBalance, leastUnits, readBalance } from '../../../nodes/JSms/model/balance';
import { compileTemplate } from '../../../nodes/JSms/model/templateText';
import { charactersOf, unitsOf } from '../../../nodes/JSms/model/units';
import { wholeSms } from '../../../nodes/JSms/model/wholeSms';

const template = (type: number, text = '{{name}}') => ({ ...compileTemplate(text), type });

describe('the least units', () => {
	it.each([
		['a notification with a known signature', 2, 66, '示科', 1],
		['one character more', 2, 67, '示科', 2],
		['one character more in a known signature', 2, 66, '示例科', 2],
		['a notification with an unknown signature, of two characters at least', 2, 66, undefined, 1],
		['one character more', 2, 67, undefined, 2],
		['marketing, which ends with six characters that tell how to opt out', 3, 60, undefined, 1],
		['one character more', 3, 61, undefined, 2],
	])('of %s', (_, type, length, signature, units) => {
		expect(leastUnits(template(type), { name: 'x'.repeat(length) }, signature)).toBe(units);
	});

	it('are none where a parameter is missing: JSMS refuses it', () => {
		expect(leastUnits(template(2, '{{name}}{{order}}'), { name: '李雷' }, undefined)).toBe(0);
	});

	it('are never more than the whole SMS costs, for random texts', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(1, 2, 3),
				fc.string({ maxLength: 300 }),
				fc.string({ minLength: 2 }),
				(type, name, sign) => {
					const whole = unitsOf(charactersOf(wholeSms(template(type), { name }, sign)));
					expect(leastUnits(template(type), { name }, undefined)).toBeLessThanOrEqual(whole);
					expect(leastUnits(template(type), { name }, sign)).toBeLessThanOrEqual(whole);
				},
			),
		);
	});
});

it.each([
	[1, 'industry'],
	[2, 'industry'],
	[3, 'market'],
	[4, undefined],
	[Number.NaN, undefined],
])('type %d is paid from %s', (type, group) => {
	expect(groupOf(template(type))).toBe(group);
});

it.each([
	[
		{ app_balance: 500, app_voice: 30, app_industry: null, app_market: 0 },
		{ general: 500, industry: null, market: 0 },
	],
	[{ app_balance: '12' }, { general: 12, industry: null, market: null }],
	[{ app_industry: 5 }, { general: null, industry: 5, market: null }],
	[{ app_market: ' 5 ' }, { general: null, industry: null, market: 5 }],
	[{ app_balance: null }, { general: null, industry: null, market: null }],
	[{ app_balance: 5, app_industry: 'many' }, undefined],
	[{ app_balance: 5, app_market: [] }, undefined],
	[{ app_balance: '' }, undefined],
	[{ app_balance: ' ' }, undefined],
	[{ app_balance: 'Infinity' }, undefined],
	[{ app_balance: true }, undefined],
	[{}, undefined],
	[{ app_balance: 'many' }, undefined],
	[{ app_balance: {} }, undefined],
	[[500], undefined],
	[undefined, undefined],
])('reads %j', (body, balance) => {
	expect(readBalance(body)).toEqual(balance);
});

describe('the balance', () => {
	const balance = { general: 10, industry: 5, market: null };

	it.each([
		['covers what its parts hold together', { industry: 15, market: 0 }, undefined],
		[
			'does not cover more',
			{ industry: 16, market: 0 },
			{ needed: 16, available: 15, kinds: 'codes and notifications' },
		],
		['for marketing is another one', { industry: 0, market: 11 }, { needed: 11, available: 10, kinds: 'marketing' }],
		['may pay for both groups', { industry: 8, market: 7 }, undefined],
		['pays once only', { industry: 9, market: 7 }, { needed: 16, available: 15, kinds: 'all kinds' }],
	])('%s', (_, needed, shortfall) => {
		expect(findShortfall(needed, balance)).toEqual(shortfall);
	});

	it('is short exactly when no way to pay exists, for random figures', () => {
		const amount = fc.option(fc.nat(8), { nil: null });
		const given = fc.record({ general: amount, industry: amount, market: amount });
		fc.assert(
			fc.property(fc.record({ industry: fc.nat(12), market: fc.nat(12) }), given, (needed, has) => {
				const general = has.general ?? 0;
				// Every way to share the balance for all purposes out.
				const ways = Array.from({ length: general + 1 }, (_, forIndustry) => forIndustry).filter(
					(forIndustry) =>
						needed.industry <= (has.industry ?? 0) + forIndustry &&
						needed.market <= (has.market ?? 0) + general - forIndustry,
				);
				expect(findShortfall(needed, has) === undefined).toBe(ways.length > 0);
			}),
		);
	});

	it('is lacking where nothing is assigned that could pay', () => {
		expect(lacksBalance(balance, 'market')).toBe(false);
		expect(lacksBalance({ general: null, industry: 0, market: null }, 'industry')).toBe(false);
		expect(lacksBalance({ general: null, industry: 0, market: null }, 'market')).toBe(true);
	});
});
