import type { IDataObject } from 'n8n-workflow';

import { INTERRUPTED } from '../../../nodes/JSms/execute/interrupted';
import { admitByKey, failureOfKey, ItemKeys, rejectRepeatedKeys } from '../../../nodes/JSms/execute/onceKeys';
import { Parameters } from '../../../nodes/JSms/execute/parameters';
import type { KeyVerdict } from '../../../nodes/JSms/memory';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import type { Entry } from '../../../nodes/JSms/model/recipient';

const USED = {
	message: "Already sent: this 'Send Once Key' was used before",
	hint: 'If the first result was sent, do nothing. If it was unknown or the run was interrupted, look for the number in 发送记录 (send records) in the Jiguang console. To resend the message, use another key for it.',
};
const DOUBTFUL = {
	message: "n8n's dedupe store had an error, so the node cannot tell whether this 'Send Once Key' was used before",
	hint: 'Nothing was sent now. Look for the number in 发送记录 (send records) in the Jiguang console. If it is not there, send the message with another key.',
};

it.each([
	['used', 'alreadySent', USED],
	['doubtful', 'notAttempted', DOUBTFUL],
] as const)('tells what a key that was %s means for a single message: %s', (verdict, outcome, words) => {
	const failure = { ...words, outcome, safeToRetry: false };
	expect(failureOfKey(verdict, '13800000001')).toStrictEqual({ ...failure, mobile: '13800000001' });
	expect(failureOfKey(verdict, undefined)).toStrictEqual(failure);
});

describe('the admission of recipients', () => {
	const recipient = (mobile: string, onceKey?: string) => ({ item: 0, mobile, tempPara: {}, onceKey });
	const recipients = [recipient('13800000001', 'a'), recipient('13800000002', 'b'), recipient('13800000003', 'c')];
	const verdicts = new Map<string, KeyVerdict>([
		['a', 'used'],
		['c', 'doubtful'],
	]);
	const asked: Array<readonly string[]> = [];
	const claim = async (keys: readonly string[]) => {
		asked.push(keys);
		return await Promise.resolve(verdicts);
	};
	const broken = async () => await Promise.reject(new InputProblem('no store', 'Try later.'));
	const release = async (keys: readonly string[]) => void asked.push(keys);
	beforeEach(() => void asked.splice(0));

	it('lets those pass whose keys are new, and says of the others why they are not sent to', async () => {
		const { admit } = admitByKey({ claim, release }, 'none');
		expect(await admit(recipients)).toStrictEqual([
			{ status: 'failed', ...USED, safeToRetry: false },
			undefined,
			{ status: 'failed', ...DOUBTFUL, safeToRetry: false },
		]);
		expect(asked).toEqual([['a', 'b', 'c']]);
	});

	it('calls the others unknown after a crash: the earlier try may have sent to them', async () => {
		const { admit } = admitByKey({ claim, release }, 'sameKeys');
		expect(await admit(recipients)).toEqual([INTERRUPTED, undefined, INTERRUPTED]);
		const failing = admitByKey({ claim: broken, release }, 'sameKeys');
		expect(await failing.admit(recipients)).toEqual([INTERRUPTED, INTERRUPTED, INTERRUPTED]);
	});

	it('lets the rows be sent again where the store could not be used before anything was sent', async () => {
		const { admit } = admitByKey({ claim: broken, release }, 'none');
		expect(await admit(recipients.slice(1))).toEqual(
			new Array(2).fill({
				status: 'failed',
				message: 'no store',
				hint: 'Try later.',
				safeToRetry: true,
				scope: 'application',
			}),
		);
	});

	it('gives back the keys of those who have one', async () => {
		await admitByKey({ claim, release }, 'none').release([...recipients.slice(1), recipient('13800000004')]);
		expect(asked).toEqual([['b', 'c']]);
	});
});

describe('the keys of the items', () => {
	/** Expressions other than plain references are looked up in the item, under `evaluated`. */
	const keysOf = (options: unknown, ...items: IDataObject[]) => {
		const parameters = new Parameters(
			{
				getNodeParameter: (name, item, fallback, { rawExpressions }) => {
					if (rawExpressions) return name === 'options' ? options : (options as IDataObject)[name.split('.')[1]];
					if (items[item].broken) throw new Error('no such field');
					return items[item].evaluated ?? fallback;
				},
				getWorkflowDataProxy: () => {
					throw new Error('There is no data');
				},
			},
			items.map((json) => ({ json })),
		);
		return ItemKeys.read(parameters, items.length);
	};
	const plain = { sendOnceKey: '={{ $json.key }}' };

	it('are none where the node does not have the option', () => {
		expect([keysOf({}, {}), keysOf(null, {}), keysOf('', {})]).toEqual([undefined, undefined, undefined]);
	});

	it('are read for each item, and an item without one is not sent unprotected', () => {
		const keys = keysOf(plain, { key: 'a' }, { key: '' }, { key: 5 });
		expect([keys?.of(0), keys?.unique(0), keys?.unique(2), keys?.all()]).toEqual(['a', 'a', '5', ['a', '5']]);
		expect(() => keys?.of(1)).toThrow("'Send Once Key' is switched on, but the key is empty");
		expect(() => keys?.unique(1)).toThrow("'Send Once Key' is switched on, but the key is empty");
	});

	it('are read for each item where an expression cannot be evaluated for one of them', () => {
		const keys = keysOf({ sendOnceKey: '={{ $json.key + 1 }}' }, { broken: true }, { evaluated: 'b' });
		expect(() => keys?.of(0)).toThrow('no such field');
		expect([keys?.of(1), keys?.all()]).toEqual(['b', ['b']]);
	});

	it('come from one expression in place of all options, too, which may leave the key out for an item', () => {
		const keys = keysOf('={{ $json.options + 1 }}', { evaluated: { sendOnceKey: 'a' } }, { evaluated: {} });
		expect(keys?.of(0)).toBe('a');
		let problem: unknown;
		try {
			keys?.of(1);
		} catch (error) {
			problem = error;
		}
		expect(problem).toMatchObject({
			message: "'Send Once Key' is switched on, but the key is empty",
			hint: "Use a value that is different for every message, or remove the option 'Send Once Key'.",
		});
	});

	it('are used by the first item that has them, to which the others point', () => {
		const keys = keysOf(plain, { key: 'a' }, { key: 'b' }, { key: 'b' }, { key: 'b' });
		expect([keys?.unique(0), keys?.unique(1)]).toEqual(['a', 'b']);
		for (const item of [2, 3]) {
			expect(() => keys?.unique(item)).toThrow(
				"This 'Send Once Key' is also the key of item 1; only that message is sent",
			);
			expect(keys?.of(item)).toBe('b');
		}
	});
});

it('rejects recipients whose key an earlier one has, and keeps what is known of them', () => {
	const shared = { tempId: 7 };
	const entry = (item: number, onceKey?: string): Entry => ({
		item,
		mobile: `1380000000${item}`,
		tempPara: { a: '1' },
		shared,
		...(onceKey !== undefined && { onceKey }),
	});
	const bad: Entry = { item: 2, problem: { message: '', hint: '', concerns: 'recipient' } };
	const entries = [entry(0), entry(1, 'a'), bad, entry(3, 'a'), entry(4), entry(5, 'b'), entry(6, 'a')];
	const before = [...entries];
	rejectRepeatedKeys(entries);
	const rejected = (item: number) => ({
		item,
		mobile: `1380000000${item}`,
		tempPara: { a: '1' },
		tempId: 7,
		problem: {
			message: "This 'Send Once Key' is also the key of item 1; only that message is sent",
			hint: 'Nothing was sent for this item. Give every message a key of its own, such as the order number.',
			concerns: 'recipient',
		},
	});
	expect(entries).toEqual([before[0], before[1], bad, rejected(3), before[4], before[5], rejected(6)]);
});
