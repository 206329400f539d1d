import { MAX_BATCH_SIZE, type Entry } from '../../../nodes/JSms/model/recipient';
import { collectEntries } from '../../../nodes/JSms/execute/entries';
import { rejectAll, rejectWrittenTwice } from '../../../nodes/JSms/execute/rejection';
import { readOnceKey } from '../../../nodes/JSms/fields/options';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import type { ItemInput } from '../../../nodes/JSms/model/operation';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';
import { createBatch } from '../../../nodes/JSms/resources/schedule/createBatch.operation';

/** What becomes of lines of the input that cannot be sent to: each keeps what is known of it, and nobody else suffers. */

type Given = Record<string, unknown> & {
	options?: Record<string, unknown>;
	names?: string[];
	broken?: unknown;
	brokenSource?: Error;
	brokenOptions?: Error;
};

function inputsOf(items: Given[]) {
	const input = (item: number): ItemInput => ({
		read: (name) => {
			if (name === 'mobile' && items[item].broken !== undefined) throw items[item].broken as Error;
			if (name === 'recipientsFrom' && items[item].brokenSource) throw items[item].brokenSource;
			return items[item][name];
		},
		option: (name) => {
			const { options, brokenOptions } = items[item];
			if (brokenOptions) throw brokenOptions;
			return options?.[name];
		},
		templateParameters: () => {
			const { values } = items[item];
			if (values === undefined) throw new InputProblem('values are missing', 'Fill them in.');
			return values as Record<string, string>;
		},
		givenParameters: () => ({}),
		templateNames: items[item].names,
		timeZone: 'UTC',
		binary: async () => undefined,
	});
	const of = (item: number) => readOnceKey(items[item].options) as string;
	const keys = { of, unique: of, all: () => [] };
	return { items: items.map(() => ({ json: {} })), keys, input, templateInput: (item: number) => input(item) };
}

const collect = async (...items: Given[]) => await collectEntries(inputsOf(items), sendBatch);
const [ANNA, BEN] = ['13800000001', '13800000002'];
const good = { mobile: ANNA, templateId: 2002, values: { name: '李雷' } };

describe('an item that is one recipient', () => {
	it('is sent to with its values, and with its key where it has one', async () => {
		expect(await collect(good, { ...good, mobile: BEN, options: { sendOnceKey: 'order-1' } })).toStrictEqual([
			{ item: 0, mobile: ANNA, tempPara: good.values, shared: { tempId: 2002 } },
			{ item: 1, mobile: BEN, tempPara: good.values, shared: { tempId: 2002 }, onceKey: 'order-1' },
		]);
	});

	it('keeps its number, template and values where something else is wrong', async () => {
		expect(
			await collect(
				{ ...good, options: { sendOnceKey: '' } },
				{ ...good, templateId: '' },
				{ ...good, templateId: '', mobile: 13800000001 },
				{ ...good, mobile: 13800000002, values: undefined },
				{ ...good, mobile: '+86 138 0000 0002', values: undefined },
				{ ...good, mobile: [ANNA] },
			),
		).toStrictEqual([
			{
				mobile: ANNA,
				tempId: 2002,
				tempPara: good.values,
				item: 0,
				problem: {
					message: "'Send Once Key' is switched on, but the key is empty",
					hint: "Use a value that is different for every message, for example {{ $json.orderId }}, or remove the option 'Send Once Key'.",
					concerns: 'recipient',
				},
			},
			...[1, 2].map((item) => ({
				mobile: ANNA,
				tempPara: good.values,
				item,
				problem: {
					message: `'Template ID' is empty`,
					hint: "Copy the ID from the Jiguang console (短信管理 > 模版管理) into 'Template ID'.",
					concerns: 'everyone',
				},
			})),
			...[3, 4].map((item) => ({
				mobile: BEN,
				tempId: 2002,
				item,
				problem: { message: `values are missing`, hint: 'Fill them in.', concerns: 'recipient' },
			})),
			{
				tempId: 2002,
				tempPara: good.values,
				item: 5,
				problem: {
					message: "'Mobile Number' holds a list instead of one number",
					hint: "Give one number per item, for example with a 'Split Out' node before this one.",
					concerns: 'recipient',
				},
			},
		]);
	});

	it('is one also where it cannot be read whether it is a list', async () => {
		expect(await collect({ ...good, brokenSource: new Error('broken') })).toStrictEqual([
			{ item: 0, mobile: ANNA, tempPara: good.values, shared: { tempId: 2002 } },
		]);
	});

	it.each([
		['an error', new Error('no such field'), 'no such field'],
		['a text', 'odd', 'odd'],
	])('says where an expression ended in %s', async (_, broken, message) => {
		expect(await collect({ ...good, broken })).toStrictEqual([
			{
				tempPara: good.values,
				item: 0,
				problem: {
					message: `${message}`,
					hint: 'Nothing was sent to this recipient. Check the expressions of this node.',
					concerns: 'recipient',
				},
			},
		]);
	});
});

describe('an item that is a list', () => {
	const list = (recipients: unknown, more: Given = {}): Given => ({
		recipientsFrom: 'list',
		recipients,
		templateId: 2002,
		...more,
	});
	const para = { name: '李雷' };

	it('gives a line for each of it, and keys by number', async () => {
		const recipients = [{ mobile: ANNA, temp_para: para }, { mobile: BEN }];
		expect(await collect(list(recipients, { options: { sendOnceKey: 'spring' } }))).toStrictEqual([
			{ item: 0, mobile: ANNA, tempPara: para, shared: { tempId: 2002 }, onceKey: `spring/${ANNA}` },
			{ item: 0, mobile: BEN, tempPara: {}, shared: { tempId: 2002 }, onceKey: `spring/${BEN}` },
		]);
		expect((await collect(list(recipients)))[0]).not.toHaveProperty('onceKey');
	});

	it('holds back only those who lack a parameter or are none', async () => {
		const recipients = [{ mobile: ANNA, temp_para: para }, { mobile: BEN }, { mobile: '', temp_para: para }];
		const [first, second, third] = await collect(list(recipients, { names: ['name'] }));
		expect(first).not.toHaveProperty('problem');
		expect(second).toStrictEqual({
			item: 0,
			mobile: BEN,
			tempPara: {},
			tempId: 2002,
			problem: {
				message: expect.stringMatching(/name.*$/) as string,
				hint: "Give temp_para a value for every parameter of the template, or switch 'Check Parameters First' off.",
				concerns: 'recipient',
			},
		});
		expect(third).toStrictEqual({
			item: 0,
			mobile: '',
			tempPara: para,
			tempId: 2002,
			problem: {
				message: "The mobile of recipient 3 in 'Recipients' is empty",
				hint: expect.any(String) as string,
				concerns: 'recipient',
			},
		});
	});

	it('is one line where it is no list, and as many as it has where the template is wrong', async () => {
		expect(await collect(list('no list'))).toStrictEqual([
			{
				item: 0,
				problem: expect.objectContaining({
					message: expect.stringMatching(/^'Recipients' is not a valid list.*$/) as string,
				}) as object,
				mobile: undefined,
				tempPara: undefined,
				tempId: undefined,
			},
		]);
		const lines = await collect(list([{ mobile: ANNA, temp_para: para }, { mobile: BEN }], { templateId: 0 }));
		expect(lines).toMatchObject([
			{ mobile: ANNA, tempPara: para, tempId: undefined, problem: { concerns: 'everyone' } },
			{ mobile: BEN, tempPara: {}, tempId: undefined, problem: { concerns: 'everyone' } },
		]);
		expect(await collect(list([{ mobile: ANNA }], { options: { sendOnceKey: '' } }))).toMatchObject([{ tempId: 2002 }]);
	});
});

describe('the same list from several items', () => {
	const list = (recipients: unknown, more: Given = {}): Given => ({
		recipientsFrom: 'list',
		recipients,
		templateId: 2002,
		...more,
	});
	const both = [{ mobile: ANNA, temp_para: { a: '1', b: '2' } }, { mobile: BEN }];
	const REFUSED = {
		message: 'Several items contain the same list, so each recipient would get one SMS per item',
		hint: "Switch on 'Execute Once' in the settings of this node, or put the list into one item.",
		concerns: 'everyone',
	};
	const refusedItems = (entries: Entry[]) =>
		entries.filter((entry) => 'problem' in entry && entry.problem.message === REFUSED.message).map(({ item }) => item);

	it('is refused, whatever is to become of repeats', async () => {
		const options = { duplicateRecipients: 'send' };
		const entries = await collect(list(both, { options }), list(JSON.stringify(both), { options }));
		expect(entries).toStrictEqual(
			[0, 1].flatMap((item) => [
				{ item, mobile: ANNA, tempPara: { a: '1', b: '2' }, tempId: 2002, problem: REFUSED },
				{ item, mobile: BEN, tempPara: {}, tempId: 2002, problem: REFUSED },
			]),
		);
	});

	it('is found among others, in any order of its parameters, and with entries that are wrong', async () => {
		const other = [{ mobile: ANNA }, { mobile: BEN }];
		const turned = [{ mobile: ANNA, temp_para: { b: '2', a: '1' } }, { mobile: BEN }];
		expect(refusedItems(await collect(list(both), list(other), list(turned)))).toEqual([0, 0, 2, 2]);
		const wrong = [{ mobile: ANNA }, { mobile: '' }];
		expect(refusedItems(await collect(list(wrong), list(wrong)))).toEqual([0, 0, 1, 1]);
	});

	it.each<[string, Given[]]>([
		['one item', [list(both)]],
		['other recipients', [list(both), list([{ mobile: ANNA }])]],
		['another order', [list(both), list([...both].reverse())]],
		['another template', [list(both), list(both, { templateId: 2003 })]],
		['lists that are none', [list([]), list([]), list('no list'), list('no list')]],
		['lists in which nothing can be sent to', [list([{ mobile: '' }]), list([{ mobile: '' }])]],
		['such lists beside others', [list([{ mobile: '' }]), list([{ mobile: '' }]), good]],
		[
			'lists that differ in the values of an entry that is wrong',
			['1', '2'].map((a) => list([{ mobile: BEN }, { mobile: '', temp_para: { a } }])),
		],
		['items that are one recipient', [good, good]],
	])('is not seen in %s', async (_, items) => {
		expect(refusedItems(await collect(...items))).toEqual([]);
	});
});

describe('repeats', () => {
	const skip = { options: { duplicateRecipients: 'skip' } };
	const isSent = (entry: Entry) => !('problem' in entry);
	const broken = new Error('no such field');

	it('are sent once unless the option says otherwise', async () => {
		const each = { ...good, options: { duplicateRecipients: 'send' } };
		expect((await collect(each, each)).map(isSent)).toEqual([true, true]);
		for (const once of [good, { ...good, ...skip }, { ...good, options: {} }]) {
			expect((await collect(once, once)).map(isSent)).toEqual([true, false]);
		}
		expect(await collect()).toEqual([]);
	});

	it('are judged by the first item whose options can be read', async () => {
		const unreadable = { ...good, brokenOptions: broken };
		const each = { ...good, options: { duplicateRecipients: 'send' } };
		expect((await collect(unreadable, each, each)).map(isSent)).toEqual([false, true, true]);
		expect((await collect(unreadable, good, good)).map(isSent)).toEqual([false, true, false]);
		expect((await collect(unreadable)).map(isSent)).toEqual([false]);
	});

	it('are no repeats of each other where each has a key of its own', async () => {
		const keyed = (sendOnceKey: string) => ({ ...good, options: { sendOnceKey } });
		expect((await collect(keyed('a'), keyed('b'), keyed('a'), good, good)).map(isSent)).toEqual([
			true,
			true,
			false,
			true,
			false,
		]);
		const list = (sendOnceKey: string): Given => ({
			recipientsFrom: 'list',
			recipients: [ANNA, BEN],
			templateId: 2002,
			options: { sendOnceKey },
		});
		// The same list from several items is refused all the same.
		expect((await collect(list('a'), list('b'))).map(isSent)).toEqual([false, false, false, false]);
	});

	it('are no repeats where the person gets something else, or gets it at another time', async () => {
		const scheduled = (more: Given) => ({ ...good, sendTime: '2099-01-01T00:00:00Z', ...more });
		const entries = await collectEntries(
			inputsOf([
				scheduled({}),
				scheduled({ sendTime: '2099-01-02T00:00:00Z' }),
				scheduled({ options: { signatureId: 5 } }),
				scheduled({ options: { tag: 'spring' } }),
				scheduled({}),
			]),
			createBatch,
		);
		expect(entries.map(isSent)).toEqual([true, true, true, false, false]);
	});

	it('are rows that name the first, where the number, the template and the values are the same', async () => {
		const two = { a: '1', b: '2' };
		const entries = await collect(
			{ ...good, ...skip, values: two },
			{ ...good, values: { b: '2', a: '1' } },
			{ ...good, values: { a: '1', b: '3' } },
			{ ...good, values: two, templateId: 2003 },
			{ ...good, values: two, mobile: BEN },
			{ ...good, values: two, templateId: '' },
			{ ...good, values: two },
		);
		const duplicate = (item: number) => ({
			item,
			mobile: ANNA,
			tempPara: two,
			tempId: 2002,
			problem: {
				message: `Duplicate of item 0: the same message to 138****0001 is sent once`,
				hint: "The result of the first one says whether it was sent. To send both, set the option 'Duplicate Recipients' to 'Send Each'.",
				concerns: 'recipient',
			},
		});
		expect([entries[1], entries[6]]).toStrictEqual([duplicate(1), duplicate(6)]);
		expect([0, 2, 3, 4].map((at) => 'problem' in entries[at])).toEqual([false, false, false, false]);
		expect(entries[5]).toMatchObject({ problem: { message: "'Template ID' is empty" } });
	});

	it('name the first by its place in a list that is not the first', async () => {
		const list = (...recipients: string[]): Given => ({ recipientsFrom: 'list', recipients, templateId: 2002 });
		const entries = await collect(list(ANNA), list('13800000003', BEN), list('13800000004', BEN));
		expect(entries.at(-1)).toMatchObject({
			problem: { message: expect.stringMatching(/^Duplicate of recipient 2 in the list of item 1:/) as string },
		});
	});

	it('name the first by its place where it stands in a list', async () => {
		const list = (...mobiles: string[]): Given => ({
			recipientsFrom: 'list',
			recipients: mobiles.map((mobile) => ({ mobile })),
			templateId: 2002,
		});
		const [CARA, DORA] = ['13800000003', '13800000004'];
		const entries = await collect(list(BEN, ANNA), list(CARA), list(CARA, ANNA), list(DORA), list(DORA, BEN, DORA));
		expect(
			entries.map((entry) => ('problem' in entry ? /^Duplicate of (.*): the/.exec(entry.problem.message)?.[1] : '')),
		).toEqual([
			'',
			'',
			'',
			'item 1',
			'recipient 2 in the list of item 0',
			'',
			'item 3',
			'recipient 1 in the list of item 0',
			'item 3',
		]);
	});
});

it('rejects every line for the same reason, with what is known of it', () => {
	const entries: Entry[] = [
		{ item: 0, mobile: ANNA, tempPara: { a: '1' }, shared: { tempId: 7 } },
		{ item: 1, mobile: BEN, tempId: 8, problem: { message: 'own', hint: '', concerns: 'recipient' } },
	];
	const problem = { message: 'all', hint: 'Mend it.', concerns: 'everyone' };
	expect(rejectAll(entries, new InputProblem('all', 'Mend it.', 'everyone'))).toStrictEqual([
		{ item: 0, mobile: ANNA, tempPara: { a: '1' }, tempId: 7, problem },
		{ item: 1, mobile: BEN, tempPara: undefined, tempId: 8, problem },
	]);
});

describe('schedules that several requests would write to', () => {
	const entry = (scheduleId: string | undefined, item: number, tempId = 7): Entry => ({
		item,
		mobile: ANNA,
		tempPara: {},
		shared: { tempId, ...(scheduleId !== undefined && { scheduleId }) },
	});

	it('lose all their recipients, and nobody else does', () => {
		const bad: Entry = { item: 9, problem: { message: '', hint: '', concerns: 'recipient' } };
		const entries = [entry('a', 0), entry('b', 1), entry('a', 2, 8), bad, entry(undefined, 4)];
		const before = [...entries];
		rejectWrittenTwice(entries, MAX_BATCH_SIZE);
		const rejected = (item: number, tempId: number) => ({
			item,
			mobile: ANNA,
			tempPara: {},
			tempId,
			problem: {
				message: `Schedule a cannot be replaced in one request: it would have more than 1000 recipients, or recipients that differ in time, template, signature or tag`,
				hint: 'Nothing was changed. One schedule can hold at most 1,000 recipients, all with the same settings; create more schedules for more recipients.',
				concerns: 'recipient',
			},
		});
		expect(entries).toStrictEqual([rejected(0, 7), before[1], rejected(2, 8), before[3], before[4]]);
	});

	it('keep them where one request holds them all', () => {
		const entries = [entry('a', 0), entry('a', 1)];
		const before = [...entries];
		rejectWrittenTwice(entries, 2);
		expect(entries).toEqual(before);
		rejectWrittenTwice(entries, 1);
		expect(entries.every((one) => 'problem' in one)).toBe(true);
	});
});
