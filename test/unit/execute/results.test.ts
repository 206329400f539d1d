import type { IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../../../nodes/JSms/model/failure';
import { describeRefusal } from '../../../nodes/JSms/model/returnCodes';
import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { logWhenCancelled } from '../../../nodes/JSms/execute/cancelled';
import { throwFirstFailure } from '../../../nodes/JSms/execute/firstFailure';
import {
	asFailure,
	stopsWorkflow,
	mobileOf,
	resultOf,
	resultOfStop,
	toOutputItems,
} from '../../../nodes/JSms/execute/itemResult';
import { resultOfInterrupted } from '../../../nodes/JSms/execute/interrupted';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import type { ApiRequest } from '../../../nodes/JSms/model/request';
import type { ItemResult, SingleOperation } from '../../../nodes/JSms/model/operation';

/** What the outcome of a request means for its item, and what a stopped run says of the others. */

const LOOK =
	'The message may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for this number before you resend.';
const REQUEST: ApiRequest = { method: 'POST', path: '/messages', body: { mobile: '13800100000' } };
const NO_NUMBER: ApiRequest = { method: 'GET', path: '/templates/1' };
const UNKNOWN: Outcome = { class: 'unknown', message: 'No answer', hint: 'look' };

const operation = (differs: Partial<SingleOperation> = {}): SingleOperation => ({
	kind: 'single',
	value: 'example',
	name: 'Example',
	action: 'Example',
	description: 'Example',
	fields: [],
	effect: 'once',
	sends: true,
	buildRequest: () => REQUEST,
	toItems: (body, request) => (body === 'odd' ? undefined : [{ body: body as string, path: request.path }]),
	...differs,
});

describe('the result of an item', () => {
	it('is what the operation makes of an accepted answer', () => {
		expect(resultOf(operation(), REQUEST, { class: 'accepted', body: 'ok' })).toEqual({
			items: [{ body: 'ok', path: '/messages' }],
		});
	});

	it('is unknown where an accepted answer lacks what it must hold', () => {
		expect(resultOf(operation(), REQUEST, { class: 'accepted', body: 'odd' })).toEqual({
			failure: {
				message:
					'JSMS confirmed the request, but its response has no msg_id or is incomplete: the result for 138****0000 is unknown',
				hint: LOOK,
				outcome: 'unknown',
				safeToRetry: false,
				mobile: '13800100000',
			},
		});
	});

	it('is a refusal, unless the operation makes items of it', () => {
		const refused: Outcome = { class: 'refused', ...describeRefusal(50010, undefined, 403) };
		expect(resultOf(operation(), REQUEST, refused)).toMatchObject({ failure: { outcome: 'refused', code: 50010 } });
		const withItems = operation({ refusalToItems: ({ code }) => [{ code: code ?? null }] });
		expect(resultOf(withItems, REQUEST, refused)).toEqual({ items: [{ code: 50010 }] });
	});

	it('keeps the hint of what is certain, and asks for no items of what is no refusal', () => {
		const careful = operation({ ifUnknown: 'elsewhere', refusalToItems: () => [{ refused: true }] });
		const nobody: Outcome = { class: 'notAttempted', message: 'Nobody answers', hint: 'Wait.' };
		expect(resultOf(careful, REQUEST, nobody)).toMatchObject({ failure: { outcome: 'notAttempted', hint: 'Wait.' } });
	});

	it.each([
		['an SMS', {}, 'look', false],
		['an SMS looked up elsewhere', { ifUnknown: 'elsewhere' }, 'elsewhere', false],
		['a read', { sends: undefined, effect: 'idempotent' as const }, 'This changed nothing. Retry later.', true],
		[
			'a change',
			{ sends: undefined },
			'The request may have been carried out. Check in the Jiguang console before you repeat it.',
			false,
		],
	])('says what to do where nobody knows what became of %s', (_what, differs, hint, safeToRetry) => {
		expect(resultOf(operation(differs), NO_NUMBER, UNKNOWN)).toEqual({
			failure: { message: 'No answer: the result is unknown', hint, outcome: 'unknown', safeToRetry },
		});
	});

	it('is unknown, with its number, after a crash', () => {
		expect(resultOfInterrupted(operation(), '13800100000')).toEqual({
			failure: {
				message:
					'n8n was interrupted while sending and ran this execution again: the result for 138****0000 is unknown',
				hint: LOOK,
				outcome: 'unknown',
				safeToRetry: false,
				mobile: '13800100000',
			},
		});
	});

	it.each([
		[
			true as const,
			REQUEST,
			'Not sent: no money',
			'The run stopped before this item. Top up. Then send this item again.',
		],
		[undefined, NO_NUMBER, 'Not done: no money', 'The run stopped before this item. Top up. Then run this item again.'],
	])('says why it was not tried, and what to do (sends: %s)', (sends, request, message, hint) => {
		const mobile = mobileOf(request);
		expect(resultOfStop(operation({ sends }), request, { message: 'No money', hint: 'Top up.' })).toEqual({
			failure: {
				message,
				hint,
				outcome: 'notAttempted',
				safeToRetry: true,
				...(mobile && { mobile }),
			},
		});
		const cancelled = resultOfStop(operation({ sends }), request, { message: 'cancelled', hint: '' });
		expect(cancelled).toMatchObject({
			failure: { hint: hint.replace('Top up. Then s', 'S').replace('Top up. Then r', 'R') },
		});
		expect(Object.keys((cancelled as { failure: Failure }).failure)).toHaveLength(mobile ? 5 : 4);
	});

	it.each([
		['an InputProblem', new InputProblem('bad', 'fix'), 'bad', 'fix'],
		[
			'an error',
			new Error('broken'),
			'broken',
			'Nothing was sent for this item. Check its parameters and expressions.',
		],
		['a text', 'odd', 'odd', 'Nothing was sent for this item. Check its parameters and expressions.'],
	])('is bad input after %s was thrown', (_what, thrown, message, hint) => {
		expect(asFailure(thrown)).toEqual({ message, hint, outcome: 'invalidInput', safeToRetry: false });
	});
});

const failureOf = (outcome: Failure['outcome'], message = outcome as string): ItemResult => ({
	failure: { message, hint: 'Mend it.', outcome, safeToRetry: false },
});
const accepted = (...ids: unknown[]): ItemResult => ({
	items: ids.map((msg_id) => ({ msg_id }) as { msg_id: string }),
});

it('stops a workflow for every failure but a key that was used before', () => {
	expect(
		[failureOf('alreadySent'), failureOf('refused'), failureOf('unknown'), accepted('1')].map((one) =>
			stopsWorkflow(one),
		),
	).toEqual([false, true, true, false]);
});

describe('the output of an item', () => {
	const context = { getNode: () => ({ name: 'JSms' }) } as unknown as IExecuteFunctions;

	it('is what the operation made, each piece linked to its item', () => {
		const result = accepted('1', '2');
		const items = (more: object) =>
			['1', '2'].map((msg_id) => ({ json: { msg_id, ...more }, pairedItem: { item: 3 } }));
		expect(toOutputItems(context, result, 3, undefined)).toStrictEqual(items({}));
		expect(toOutputItems(context, result, 3, { a: 1 })).toStrictEqual(items({ input: { a: 1 } }));
	});

	it('is one error item where it failed', () => {
		const json = { error: 'unknown', details: { hint: 'Mend it.', outcome: 'unknown', safe_to_retry: false } };
		expect(toOutputItems(context, failureOf('unknown'), 3, { a: 1 })).toStrictEqual([
			{ json: { ...json, input: { a: 1 } }, pairedItem: { item: 3 } },
		]);
	});
});

describe('the error that stops a workflow', () => {
	const node = { name: 'JSms', type: 'n8n-nodes-jsms.jSms', typeVersion: 1 };
	const context = { getNode: () => node } as unknown as IExecuteFunctions;
	const thrownBy = (results: Array<ItemResult | undefined>, { sends = true } = {}) => {
		try {
			throwFirstFailure(context, operation({ sends: sends ? true : undefined }), results);
		} catch (error) {
			const {
				message,
				description,
				context: found,
			} = error as { message: string; description: string; context: object };
			return { message, description, ...found };
		}
		return undefined;
	};
	const again = (them: string) => `. If you run the workflow again, ${them} sent again.`;

	it('is none where nothing failed', () => {
		expect(thrownBy([accepted('1'), failureOf('alreadySent'), undefined])).toBeUndefined();
	});

	it('is the first failure, without words on others where there are none', () => {
		expect(thrownBy([undefined, failureOf('refused', 'first'), failureOf('refused', 'second')])).toEqual({
			message: 'first',
			description: 'Mend it.',
			itemIndex: 1,
		});
	});

	it('names what was accepted, with its item', () => {
		expect(thrownBy([accepted('id-1'), failureOf('refused')])).toMatchObject({
			description: `Mend it. 1 other item was already accepted (msg_id id-1)${again('it is')}`,
			accepted: [{ item: 0, msg_id: 'id-1' }],
		});
		expect(thrownBy([failureOf('refused'), accepted('id-1'), accepted('id-2')])).toMatchObject({
			description: `Mend it. 2 other items were already accepted (msg_id id-1, id-2)${again('they are')}`,
			accepted: [
				{ item: 1, msg_id: 'id-1' },
				{ item: 2, msg_id: 'id-2' },
			],
		});
	});

	it('has no sentence on accepted items that have no message ID', () => {
		expect(thrownBy([accepted(undefined), failureOf('refused')])).toMatchObject({ description: 'Mend it.' });
	});

	it('names schedules that were accepted, and speaks of sending again only where something is sent', () => {
		const scheduled = { items: [{ schedule_id: 'sch-1' }] };
		expect(thrownBy([scheduled, failureOf('refused')])).toMatchObject({
			description: `Mend it. 1 other item was already accepted (schedule_id sch-1)${again('it is')}`,
			accepted: [{ item: 0, schedule_id: 'sch-1' }],
		});
		expect(thrownBy([scheduled, failureOf('refused')], { sends: false })?.description).toBe(
			'Mend it. 1 other item was already accepted (schedule_id sch-1).',
		);
	});

	it('names messages and schedules apart where both were accepted', () => {
		const scheduled = { items: [{ schedule_id: 'sch-1' }] };
		expect(thrownBy([scheduled, accepted('id-1'), failureOf('refused')])?.description).toBe(
			`Mend it. 2 other items were already accepted (msg_id id-1; schedule_id sch-1)${again('they are')}`,
		);
	});

	it('names others whose result is unknown, but not itself', () => {
		const look = ': look at the send records before you run the workflow again.';
		expect(thrownBy([failureOf('unknown'), failureOf('unknown')])).toMatchObject({
			description: `Mend it. The result of another item is unknown (item 1)${look}`,
			unknown: [1],
		});
		expect(thrownBy([failureOf('refused'), failureOf('unknown'), failureOf('unknown')])).toMatchObject({
			description: `Mend it. The result of 2 other items is unknown (item 1, 2)${look}`,
		});
		expect(thrownBy([failureOf('unknown')])).not.toHaveProperty('unknown');
	});

	it('names both in sentences of their own', () => {
		expect(thrownBy([accepted('id-1'), failureOf('refused'), failureOf('unknown')])?.description).toBe(
			`Mend it. 1 other item was already accepted (msg_id id-1)${again('it is')} The result of another item is unknown (item 2): look at the send records before you run the workflow again.`,
		);
	});

	it('names a hundred of each at most', () => {
		const count = (size: number) => Array.from({ length: size }, (_, index) => String(index));
		const described = (size: number) =>
			thrownBy([
				failureOf('refused'),
				...count(size).map((id) => accepted(id)),
				...count(size).map(() => failureOf('unknown')),
			])?.description ?? '';
		expect(described(100)).toContain(`98, 99)${again('they are')}`);
		expect(described(100)).toContain(', 199, 200): look');
		expect(described(101)).toContain(`98, 99 and 1 more)${again('they are')}`);
		expect(described(101)).toContain(', 200, 201 and 1 more): look');
	});
});

describe('the log of a cancelled execution', () => {
	const logged = (aborted: boolean, sent: unknown[], unknown: number) => {
		const lines: string[] = [];
		const signal = aborted ? AbortSignal.abort() : new AbortController().signal;
		logWhenCancelled(
			{
				getExecutionCancelSignal: () => signal,
				getNode: () => ({ name: 'Text Them' }),
				logger: { warn: (line: string) => lines.push(line) },
			} as unknown as IExecuteFunctions,
			sent,
			unknown,
		);
		return lines;
	};

	it('names what was sent', () => {
		expect(logged(true, ['a', 'b'], 3)).toEqual([
			"The execution was canceled while 'Text Them' was sending: 2 SMS were accepted, 3 may have been sent. msg_id of those accepted: a, b",
		]);
		expect(logged(true, [], 1)).toHaveLength(1);
		expect(logged(true, ['a'], 1)).toHaveLength(1);
	});

	it('says nothing where nothing was sent, or nothing was cancelled', () => {
		expect([logged(true, [], 0), logged(false, ['a'], 1)]).toEqual([[], []]);
	});

	it('names a thousand at most', () => {
		const ids = Array.from({ length: 1001 }, (_, index) => `id${index}`);
		expect(logged(true, ids.slice(1), 0)[0]).toMatch(/, id1000$/);
		expect(logged(true, ids, 0)[0]).toMatch(/, id999 and more$/);
	});
});
