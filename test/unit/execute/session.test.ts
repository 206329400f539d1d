import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { openInputs, openSession, passesInputOn } from '../../../nodes/JSms/execute/session';
import type { Operation } from '../../../nodes/JSms/model/operation';
import { getDeveloperBalance } from '../../../nodes/JSms/resources/account/getDeveloperBalance.operation';
import { send } from '../../../nodes/JSms/resources/message/send.operation';
import { breaks, contextOf as runOf, refusal, type ServiceResponse } from './context';

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

	it('reads a parameter with its expressions, too', () => {
		const { context } = contextOf({ parameter: (name) => (name === 'mobile' ? '={{ $json.phone }}' : undefined) });
		expect(openInputs(context).input(0).raw?.('mobile')).toBe('={{ $json.phone }}');
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

describe('a session', () => {
	const open = async (
		parameters: IDataObject,
		given: Parameters<typeof runOf>[0] = {},
		operation: Operation = send,
	) => {
		const run = runOf({ parameters, answer: template, ...given });
		return { ...run, session: await openSession(run.context, operation) };
	};
	const template = (): ServiceResponse => ({ body: { temp_id: 7, template: '{{name}}: {{order}}', type: 1 } });

	it('sends with the credential of its operation, to the address that stands there, within the time the user gave', async () => {
		const usedBy = async (operation: Operation, options: IDataObject = {}) => {
			const { session, used } = await open({ options }, {}, operation);
			await session.send({ method: 'GET', path: '/any' }, { effect: 'idempotent' });
			return used;
		};
		const url = 'https://jsms.example.com/v1/any';
		expect(await usedBy(send)).toEqual([{ credential: 'jSmsApi', url, timeout: 30_000 }]);
		expect(await usedBy(getDeveloperBalance, { timeout: 7 })).toEqual([
			{ credential: 'jSmsDeveloperApi', url, timeout: 7 },
		]);
	});

	it('is not opened with an address that would not protect the keys', async () => {
		const credential = { appKey: 'example', masterSecret: 'dummy', baseUrl: 'http://jsms.example.com/v1' };
		await expect(open({}, { credential })).rejects.toMatchObject({
			message: expect.stringMatching(/^'Base URL' in the credential starts with http, /) as string,
			hint: "Set 'Base URL' to the https address of JSMS, normally https://api.sms.jpush.cn/v1.",
			concerns: 'everyone',
		});
	});

	it('tells the editor what was noticed, and which fields cannot be read, by their labels', async () => {
		const { context } = runOf({ parameters: { mobile: '={{ $json.phone + 1 }}' } });
		const session = await openSession(context, send);
		expect(session.slowFields()).toEqual([]);
		const { read, note } = session.input(0);
		note?.('any', 'Something was noticed.');
		const stored = context.getNodeParameter;
		context.getNodeParameter = ((...[name, item, fallback, options]: [string, number, unknown, IDataObject]) => {
			if (options.rawExpressions) return stored.call(context, name, item, fallback, options);
			throw Object.assign(new Error(), { context: { descriptionKey: 'nodeNotFound', nodeCause: 'Contacts' } });
		}) as typeof context.getNodeParameter;
		expect(() => read('mobile')).toThrow();
		expect(session.slowFields().map(({ message }) => message)).toEqual([
			expect.stringMatching(/^'Mobile Number' refers to the node 'Contacts'/),
			'Something was noticed.',
		]);
	});

	it('calls one expression in place of all options by the label of the options', async () => {
		const items = Array.from({ length: 3_000 }, () => ({}));
		const { session } = await open({ options: '={{ $json.options + 1 }}' }, { items, store: new Set() });
		for (const item of items.keys()) session.input(item).option('tag');
		expect(session.slowFields()).toMatchObject([
			{ message: expect.stringMatching(/^The expression in 'Options' was calculated/) as string },
		]);
	});

	it('is not opened with keys that cannot be remembered', async () => {
		await expect(open({ options: { sendOnceKey: 'order-1' } })).rejects.toThrow(/^'Send Once Key' cannot be used/);
		expect((await open({ options: {} })).session.settings.concurrency).toBe(4);
	});

	it('reads a template once, without asking again after a refusal', async () => {
		const { session, asked } = await open({});
		expect(await session.template(7)).toMatchObject({ names: ['name', 'order'], type: 1 });
		expect(await session.template(7)).toMatchObject({ names: ['name', 'order'] });
		expect(asked).toEqual([{ method: 'GET', path: '/templates/7' }]);
		const refused = await open({}, { answer: () => refusal(50013) });
		await expect(refused.session.template(7)).rejects.toThrow(
			'Template 7 could not be read: there is no template with this ID in the application (50013 words of 50013)',
		);
	});

	it('reads a template again when the connection broke: reading does no harm', async () => {
		let broken = false;
		const answer = () => {
			if (broken) return template();
			broken = true;
			return breaks();
		};
		const { session, asked } = await open({}, { answer });
		expect(await session.template(7)).toMatchObject({ names: ['name', 'order'] });
		expect(asked).toHaveLength(2);
	});

	const automatic = (schema: IDataObject[] = []) => ({
		parameterMode: 'templateFields',
		templateFields: { mappingMode: 'autoMapInputData', value: null, schema },
	});
	const stored = [{ id: 'name' }];

	it.each([
		['the user asks for it', { templateId: 7, options: { checkFirst: true } }, true],
		['the user does not', { templateId: 7, options: { checkFirst: 'true' } }, false],
		['fields map themselves by names that nobody stored', { templateId: 7, ...automatic() }, true],
		['by stored ones', { templateId: 7, ...automatic(stored) }, false],
		['by stored ones of another template', { templateId: '={{ $json.template }}', ...automatic(stored) }, true],
		['the user maps by hand', { templateId: '={{ $json.template }}', parameterMode: 'pairs' }, false],
	])('asks for the names of the template where %s', async (_, parameters, asks) => {
		const { session, asked } = await open(parameters, { items: [{ template: 7, name: '李雷', order: 5, other: 'x' }] });
		const input = await session.templateInput(0);
		expect([asked.length, input.templateNames]).toEqual(asks ? [1, ['name', 'order']] : [0, undefined]);
		expect(session.input(0).templateNames).toBeUndefined();
	});

	it('fills a template in from the fields of the item', async () => {
		const items = [{ name: '李雷', order: 5, other: 'x' }];
		const { session } = await open({ templateId: 7, ...automatic() }, { items });
		const input = await session.templateInput(0);
		expect([input.templateParameters(), input.givenParameters()]).toEqual(
			new Array(2).fill({ name: '李雷', order: '5' }),
		);
		const lacking = await open({ templateId: 7, ...automatic() }, { items: [{ name: '李雷' }] });
		const less = await lacking.session.templateInput(0);
		expect(less.givenParameters()).toEqual({ name: '李雷' });
		expect(() => less.templateParameters()).toThrow("Template parameter 'order' is missing");
	});
});
