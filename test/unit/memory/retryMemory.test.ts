import type { IExecuteFunctions } from 'n8n-workflow';

import { openRetryMemory } from '../../../nodes/JSms/memory/retryMemory';
import { findOperation } from '../../../nodes/JSms/resources';
import type { SingleOperation } from '../../../nodes/JSms/operation';

const send = findOperation('message', 'send') as SingleOperation;
const read = findOperation('account', 'getAppBalance') as SingleOperation;
const verify = findOperation('verificationCode', 'verify') as SingleOperation;
const reschedule = findOperation('schedule', 'update') as SingleOperation;
const requestTo = (mobile: string) => ({ method: 'POST' as const, path: '/messages', body: { mobile } });
const RESULT = { items: [{ msg_id: '1' }] };

function contextOf(memory: Record<string, unknown>, { runIndex = 0, retryOnFail = true } = {}) {
	return {
		getNode: () => ({ retryOnFail }),
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
	} as unknown as IExecuteFunctions;
}

it('answers an item in the next try that was recorded in the one before', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send, false).record(2, requestTo('13800000001'), RESULT);
	const next = openRetryMemory(contextOf(memory), send, false);
	expect(next.find(2, requestTo('13800000001'))).toEqual(RESULT);
	expect(next.recall(2)).toEqual(RESULT);
	expect(next.find(1, requestTo('13800000001'))).toBeUndefined();
	expect(next.recall(1)).toBeUndefined();
});

it('keeps the result of an item whatever its expressions give in the next try', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send, false).record(0, requestTo('13800000001'), RESULT);
	expect(openRetryMemory(contextOf(memory), send, false).find(0, requestTo('13800000002'))).toEqual(RESULT);
});

it('tells calls of a tool apart by what they ask for', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send, true).record(0, requestTo('13800000001'), RESULT);
	const next = openRetryMemory(contextOf(memory), send, true);
	expect(next.find(0, requestTo('13800000001'))).toEqual(RESULT);
	expect([next.find(0, requestTo('13800000002')), next.recall(0)]).toEqual([undefined, undefined]);
});

it('takes the same item in the next round of a loop for another message', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send, false).record(0, requestTo('13800000001'), RESULT);
	const nextRound = openRetryMemory(contextOf(memory, { runIndex: 1 }), send, false);
	expect(nextRound.find(0, requestTo('13800000001'))).toBeUndefined();
	expect(nextRound.recall(0)).toBeUndefined();
});

it.each([
	['"Retry On Fail" is off', send, { retryOnFail: false }],
	['a second try does no harm', read, {}],
])('remembers nothing where %s', (_, operation, settings) => {
	const memory = {};
	openRetryMemory(contextOf(memory, settings), operation, false).record(0, requestTo('13800000001'), RESULT);
	expect(memory).toEqual({});
});

it.each([
	['sends and cannot be done twice', send],
	['uses something up, although nothing is sent', verify],
	['sends, although it can be done twice', reschedule],
])('remembers an operation that %s', (_, operation) => {
	const memory = {};
	openRetryMemory(contextOf(memory), operation, false).record(0, requestTo('13800000001'), RESULT);
	expect(openRetryMemory(contextOf(memory), operation, false).recall(0)).toEqual(RESULT);
});

it('keeps its records with the node, where a retry finds them and another node does not', () => {
	const asked: unknown[] = [];
	const context = contextOf({});
	const getContext = (type: string) => {
		asked.push(type);
		return {};
	};
	openRetryMemory({ ...context, getContext } as unknown as IExecuteFunctions, send, false);
	expect(asked).toEqual(['node']);
});
