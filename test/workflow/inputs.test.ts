import { errorOf } from '../support/engine';
import { jsonOf, saidAbove, useService } from './service';

/**
 * The same values in all ways of giving them: the three kinds of template parameters and lists of recipients, each fixed, dragged in
 * or evaluated; live, as n8n has stored them, which pinned data are, and from an agent. All of them agree.
 */
const service = useService();
const PHONE = '13800000001';
const batch = { resource: 'message', operation: 'sendBatch', mobile: PHONE, templateId: 1250 };
const quoted = (value: unknown) => JSON.stringify(value).slice(1, -1);

/** How a value of the item, or a fixed one, reaches the parameter `number`. */
const WAYS: Record<string, (value: string) => object> = {
	'template fields': (value) => ({
		parameterMode: 'templateFields',
		templateFields: {
			mappingMode: 'defineBelow',
			value: { number: value },
			schema: [{ id: 'number', displayName: 'number', type: 'string', display: true, required: true }],
		},
	}),
	pairs: (value) => ({ parameterMode: 'pairs', parameters: { parameter: [{ name: 'number', value }] } }),
	'a JSON object': (value) => ({
		parameterMode: 'json',
		parametersJson: value.startsWith('=')
			? `={{ { number: ${value.slice(3, -2)} } }}`
			: JSON.stringify({ number: value }),
	}),
	'a list': (value) => ({
		recipientsFrom: 'list',
		recipients: value.startsWith('=')
			? `={{ [{ mobile: "${PHONE}", temp_para: { number: ${value.slice(3, -2)} } }] }}`
			: JSON.stringify([{ mobile: PHONE, temp_para: { number: value } }]),
	}),
	'common parameters of a list': (value) => ({
		recipientsFrom: 'list',
		recipients: JSON.stringify([PHONE]),
		parameters: { parameter: [{ name: 'number', value }] },
	}),
};
const AUTOMATIC = {
	parameterMode: 'templateFields',
	templateFields: {
		mappingMode: 'autoMapInputData',
		value: null,
		schema: [{ id: 'number', displayName: 'number', type: 'string', display: true, required: true }],
	},
};

type Result = { sent?: unknown; refused?: string };

async function resultOf(way: object, value: unknown, options: object = {}): Promise<Result> {
	const run = await service.jsms.runNode({ ...batch, ...way, options } as never, [{ number: value }] as never);
	const [sent] = jsonOf(run);
	const [failed] = jsonOf(run, 1);
	service.sandbox.reset();
	if (sent) return { sent: (sent.temp_para as Record<string, unknown>).number };
	return { refused: String(failed?.error_message ?? errorOf(run)?.message) };
}

/** An agent that fills in the list of recipients, as the tool asks it to. */
async function agentResultOf(value: unknown, via: 'engine' | 'supplyData'): Promise<Result> {
	const list = { ...batch, recipientsFrom: 'list', recipients: "={{ $fromAI('recipients', '', 'json') }}" };
	const recipients = [{ mobile: PHONE, temp_para: { number: value } }];
	const { text } = await service.jsms.runAsTool(list as never, { recipients } as never, { via });
	const [row] = JSON.parse(text ?? '[]') as Array<Record<string, unknown>>;
	service.sandbox.reset();
	if (row?.status === 'sent') return { sent: (row.temp_para as Record<string, unknown>).number };
	return { refused: String(row?.error_message) };
}

const DATE = new Date('2026-11-27T13:30:00.000Z');
const refused = (says: string): Result => ({ refused: `Template parameter 'number' ${says}` });
const NO_FORMAT = refused('is a date and time without a format');

const VALUES: Array<[string, unknown, Result]> = [
	['a text', '李雷', { sent: '李雷' }],
	['a text with signs of JSON', 'a"b\\n', { sent: 'a"b\\n' }],
	['a number', 741627, { sent: '741627' }],
	['a boolean', true, { sent: 'true' }],
	['nothing', null, refused('is empty')],
	['a date', DATE, NO_FORMAT],
	['a stored date', DATE.toJSON(), NO_FORMAT],
	['a broken date', new Date('x'), refused('contains a date that could not be read')],
	['undefined in a text', 'Hi undefined', refused("contains the word 'undefined'")],
	[
		'an object in a text',
		'Order [object Object]',
		refused("contains '[object Object]', which stands for a whole object"),
	],
	['a failed calculation', 'NaN', refused("contains 'NaN', which stands for a failed calculation")],
	['an object', { a: 1 }, refused('holds an object instead of a text')],
	['a list', ['a'], refused('holds a list instead of a text')],
	['a rounding error', 121.00000000000001, refused('is a number with a rounding error (as in 12.600000000000001)')],
];

describe.each(VALUES)('%s', (_, value, expected) => {
	it.each(Object.entries(WAYS))('comes out the same through %s, dragged in and evaluated', async (_way, way) => {
		expect(await resultOf(way('={{ $json.number }}'), value)).toEqual(expected);
		expect(await resultOf(way('={{ [$json.number][0] }}'), value)).toEqual(expected);
		if (typeof value === 'string') expect(await resultOf(way(value), 'other')).toEqual(expected);
	});

	it('comes out the same through automatic mapping', async () => {
		expect(await resultOf(AUTOMATIC, value)).toEqual(expected);
	});

	it.each(['engine', 'supplyData'] as const)('comes out the same from an agent (%s)', async (via) => {
		// What an agent gives has passed through JSON.
		const stored: unknown = JSON.parse(JSON.stringify(value));
		const result = value instanceof Date && stored === null ? refused('is empty') : expected;
		expect(await agentResultOf(stored, via)).toEqual(result);
	});

	it('comes out the same as n8n has stored it', async () => {
		const stored: unknown = JSON.parse(JSON.stringify(value));
		// A date that is none is stored as nothing.
		const result = value instanceof Date && stored === null ? refused('is empty') : expected;
		for (const way of Object.values(WAYS)) expect(await resultOf(way('={{ $json.number }}'), stored)).toEqual(result);
	});
});

it.each(Object.entries(WAYS))('$now has no format through %s, and one with toFormat', async (_, way) => {
	expect(await resultOf(way('={{ $now }}'), 'other')).toEqual(NO_FORMAT);
	expect((await resultOf(way("={{ $now.toFormat('yyyy') }}"), 'other')).sent).toMatch(/^\d{4}$/);
});

it.each(Object.entries(WAYS))('the option lets unusual values through %s', async (_, way) => {
	const options = { allowUnusualValues: true };
	expect(await resultOf(way('={{ $json.number }}'), 'Hi undefined', options)).toEqual({ sent: 'Hi undefined' });
	expect(await resultOf(way('={{ $json.number }}'), DATE, options)).toEqual({ sent: DATE.toJSON() });
});

describe('values in a JSON text', () => {
	const json = { parameterMode: 'json', parametersJson: '={ "number": "{{ $json.number }}" }' };
	const list = {
		recipientsFrom: 'list',
		recipients: `=[{ "mobile": "${PHONE}", "temp_para": { "number": "{{ $json.number }}" } }]`,
	};
	it.each([
		['a "b"', 'a quotation mark'],
		['C:\\new', 'a backslash'],
		['a\nb', 'a line break'],
	])('are refused where %j would change it', async (value, contains) => {
		const sentence = (field: string) =>
			`A value that is inserted into ${field} contains ${contains}, which changes the JSON around it`;
		expect(await resultOf(json, value)).toEqual({ refused: sentence("'Parameters (JSON)'") });
		expect(await resultOf(list, value)).toEqual({ refused: sentence("'Recipients'") });
		const evaluated = { ...json, parametersJson: '={ "number": "{{ $json.number.trim() }}" }' };
		expect(await resultOf(evaluated, value)).toEqual({ refused: sentence("'Parameters (JSON)'") });
	});

	it('are sent as they are where they are escaped', async () => {
		const escaped = { ...json, parametersJson: '={ "number": {{ JSON.stringify($json.number) }} }' };
		for (const value of ['a "b"', 'C:\\new', quoted('\n')])
			expect(await resultOf(escaped, value)).toEqual({ sent: value });
		expect(await resultOf(json, '李雷')).toEqual({ sent: '李雷' });
	});
});

describe('columns with a byte order mark', () => {
	const item = { '\uFEFFphone': PHONE, number: '7' };
	it.each([
		['dragged', '={{ $json.phone }}'],
		['by its whole name', '={{ $json["\uFEFFphone"] }}'],
		['in a text', '=+86 {{ $json.phone }}'],
		['from the input', '={{ $input.item.json.phone }}'],
	])('are found by name: %s', async (_, mobile) => {
		const run = await service.jsms.runNode({ ...batch, ...WAYS.pairs('1'), mobile } as never, [item] as never);
		expect(jsonOf(run)).toMatchObject([{ mobile: PHONE }]);
	});

	it('are found by automatic mapping', async () => {
		const run = await service.jsms.runNode({ ...batch, ...AUTOMATIC } as never, [{ '\uFEFFnumber': '7' }] as never);
		expect(jsonOf(run)).toMatchObject([{ temp_para: { number: '7' } }]);
	});
});

describe('the same list from several items', () => {
	const items = ['13800000001', '13800000002', '13800000003'].map((phone) => ({ phone }));
	const list = { ...batch, recipientsFrom: 'list', templateId: 2002 };
	it.each([
		['an expression over all items', '={{ $input.all().map((one) => ({ mobile: one.json.phone })) }}'],
		['plain numbers of all items', '={{ $input.all().map((one) => one.json.phone) }}'],
		['a list that was typed in', JSON.stringify(items.map(({ phone }) => phone))],
	])('is refused: %s', async (_, recipients) => {
		const run = await service.jsms.runNode({ ...list, recipients } as never, items);
		expect(errorOf(run)?.message).toBe(
			'Several items contain the same list, so each recipient would get one SMS per item',
		);
		expect(errorOf(run)?.description).toContain("Switch on 'Execute Once'");
		expect(service.calls).toEqual([]);
		const onward = await service.jsms.runNode({ ...list, recipients } as never, items, {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(onward, 1)).toHaveLength(9);
		expect(service.calls).toEqual([]);
	});

	it('is sent once where the node executes once', async () => {
		const recipients = '={{ $input.all().map((one) => one.json.phone) }}';
		const run = await service.jsms.runNode({ ...list, recipients } as never, items, { executeOnce: true });
		expect(jsonOf(run)).toHaveLength(3);
	});
});

it('notes a send time without a zone in a workflow elsewhere, once for all items', async () => {
	const schedule = {
		...batch,
		resource: 'schedule',
		operation: 'createBatch',
		sendTime: '={{ $json.at }}',
		mobile: '={{ $json.phone }}',
		...WAYS.pairs('1'),
	};
	const run = await service.jsms.runNode(schedule as never, [
		{ phone: PHONE, at: '2099-05-04 10:30' },
		{ phone: '13800000002', at: '2099-05-05 10:30' },
	]);
	expect(saidAbove(run).filter((hint) => hint.startsWith("'Send Time'"))).toEqual([
		expect.stringContaining('2099-05-04 10:30 was read as a time in America/New_York'),
	]);
});

it('cleans a code, and notes one that may have lost zeros', async () => {
	const verify = { resource: 'verificationCode', operation: 'verify', messageId: '1', code: '={{ $json.code }}' };
	const run = await service.jsms.runNode(verify, [{ code: '１２３ 4-56' }, { code: 1234 }] as never);
	expect(service.bodies).toEqual([{ code: '123456' }, { code: '1234' }]);
	expect(saidAbove(run)).toEqual([expect.stringContaining('leading zeros may be lost')]);
});

it('fails an item whose key gives nothing, however it is evaluated', async () => {
	for (const sendOnceKey of ['={{ $json.order }}', '={{ $json.order?.trim() }}', '={{ undefined }}', '={{ null }}']) {
		const run = await service.jsms.runNode({ ...batch, ...WAYS.pairs('1'), options: { sendOnceKey } } as never, [{}]);
		expect(jsonOf(run, 1)).toMatchObject([{ error_message: expect.stringContaining('the key is empty') as string }]);
	}
	expect(service.calls).toEqual([]);
});
