import type { IExecuteFunctions } from 'n8n-workflow';

import { openInputs, passesInputOn } from '../../../nodes/JSms/execute/session';

/** What a run reads of its items. */

function contextOf({
	items = [{ json: {} }] as object[],
	parameter = (): unknown => undefined,
}: { items?: object[]; parameter?: (name: string, item: number, fallback: unknown) => unknown } = {}) {
	const asked: unknown[][] = [];
	const context = {
		getInputData: () => items,
		getTimezone: () => 'Asia/Shanghai',
		getNodeParameter: (...args: [string, number, unknown]) => {
			asked.push(args);
			return parameter(...args);
		},
		helpers: {
			getBinaryDataBuffer: async (item: number, field: string) => Buffer.from(`${field} of ${item}`),
		},
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

describe('whether output items carry their input', () => {
	it('is what the first item says', () => {
		const { context, asked } = contextOf({ parameter: () => true });
		expect(passesInputOn(context)).toBe(true);
		expect(asked).toEqual([['options.includeInput', 0, false]]);
	});

	it.each([false, 'true', 1, undefined])('is no where it says %j', (value) => {
		expect(passesInputOn(contextOf({ parameter: () => value }).context)).toBe(false);
	});

	it('is no where there are no items, or where it cannot be told: that must not cost the rows', () => {
		expect(passesInputOn(contextOf({ items: [], parameter: () => true }).context)).toBe(false);
		const { context } = contextOf({
			parameter: () => {
				throw new Error('broken expression');
			},
		});
		expect(passesInputOn(context)).toBe(false);
	});
});

describe('an item', () => {
	it('knows its options, also where there are none, and the time zone', () => {
		const values: Record<string, unknown> = { options: { tag: 'spring' } };
		const { context } = contextOf({ parameter: (name) => values[name] });
		const input = openInputs(context).input(0);
		expect([input.option('tag'), input.option('other'), input.timeZone]).toEqual([
			'spring',
			undefined,
			'Asia/Shanghai',
		]);
		values.options = 'odd';
		expect(openInputs(context).input(0).option('length')).toBeUndefined();
	});

	it('gives a file out where it has one under that name', async () => {
		const { context } = contextOf({
			items: [{ json: {}, binary: { image: { fileName: 'a.png' }, nameless: {} } }, { json: {} }],
		});
		const { input } = openInputs(context);
		expect(await input(0).binary('image')).toEqual({ fileName: 'a.png', bytes: Buffer.from('image of 0') });
		expect(await input(0).binary('nameless')).toEqual({ fileName: '', bytes: Buffer.from('nameless of 0') });
		expect(await input(0).binary('other')).toBeUndefined();
		expect(await input(1).binary('image')).toBeUndefined();
	});

	it('needs no template looked up where there is no connection', () => {
		const { context } = contextOf({ parameter: (name) => (name === 'options' ? { checkFirst: true } : undefined) });
		expect(openInputs(context).templateInput(0)).not.toBeInstanceOf(Promise);
	});
});
