import { MAX_BATCH_SIZE } from '../../../nodes/JSms/batch/plan';
import type { Entry } from '../../../nodes/JSms/batch/types';
import { collectEntries, rejectAll, rejectWrittenTwice } from '../../../nodes/JSms/execute/entries';
import { readOnceKey } from '../../../nodes/JSms/fields/options';
import { InputProblem } from '../../../nodes/JSms/fields/problem';
import type { ItemInput } from '../../../nodes/JSms/operation';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';

/** What becomes of lines of the input that cannot be sent to: each keeps what is known of it, and nobody else suffers. */

type Given = Record<string, unknown> & { options?: Record<string, unknown>; names?: string[]; broken?: unknown };

function inputsOf(items: Given[]) {
	const input = (item: number): ItemInput => ({
		read: (name) => {
			if (name === 'mobile' && items[item].broken !== undefined) throw items[item].broken as Error;
			return items[item][name];
		},
		option: (name) => items[item].options?.[name],
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
		expect(await collect(good, { ...good, options: { sendOnceKey: 'order-1' } })).toStrictEqual([
			{ item: 0, mobile: ANNA, tempPara: good.values, shared: { tempId: 2002 } },
			{ item: 1, mobile: ANNA, tempPara: good.values, shared: { tempId: 2002 }, onceKey: 'order-1' },
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
					hint: "Copy the ID from the SMS templates page of the Jiguang console into 'Template ID'.",
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
		expect(third).toMatchObject({
			mobile: '',
			tempPara: para,
			problem: { message: "The mobile of recipient 3 in 'Recipients' is empty" },
		});
	});

	it('is one line where it is no list, and as many as it has where the template is wrong', async () => {
		expect(await collect(list('no list'))).toStrictEqual([
			{
				item: 0,
				problem: expect.objectContaining({
					message: expect.stringMatching(/^'Recipients' is not valid JSON.*$/) as string,
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

describe('repeats', () => {
	const skip = { options: { duplicateRecipients: 'skip' } };

	it('are sent each unless the option says otherwise', async () => {
		expect(await collect(good, good)).toHaveLength(2);
		expect((await collect(good, good)).some((one) => 'problem' in one)).toBe(false);
		expect(await collect()).toEqual([]);
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
				hint: "Nothing needs to be done, or set 'Duplicate Recipients' to 'Send Each'.",
				concerns: 'recipient',
			},
		});
		expect([entries[1], entries[6]]).toStrictEqual([duplicate(1), duplicate(6)]);
		expect([0, 2, 3, 4].map((at) => 'problem' in entries[at])).toEqual([false, false, false, false]);
		expect(entries[5]).toMatchObject({ problem: { message: "'Template ID' is empty" } });
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
				message: `Schedule a would be replaced by more than one request: its recipients are more than 1000, or differ in time, template, signature or tag`,
				hint: 'Nothing was changed. Give one schedule at most 1,000 recipients with the same settings; make more schedules for more people.',
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
