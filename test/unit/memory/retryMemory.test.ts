import type { IExecuteFunctions } from 'n8n-workflow';

import { openRetryMemory } from '../../../nodes/JSms/memory/retryMemory';
import { findOperation } from '../../../nodes/JSms/resources';
import type { SingleOperation } from '../../../nodes/JSms/model/operation';

const send = findOperation('message', 'send') as SingleOperation;
const read = findOperation('account', 'getAppBalance') as SingleOperation;
const verify = findOperation('verificationCode', 'verify') as SingleOperation;
const reschedule = findOperation('schedule', 'update') as SingleOperation;
const planned = (mobile: string, key?: string) => ({
	request: { method: 'POST' as const, path: '/messages', body: { mobile } },
	key,
});
const RESULT = { items: [{ msg_id: '1' }] };

function contextOf(memory: Record<string, unknown>, { runIndex = 0, retryOnFail = true, isTool = false } = {}) {
	return {
		getNode: () => ({ retryOnFail }),
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		isToolExecution: () => isTool,
	} as unknown as IExecuteFunctions;
}

it('answers an item in the next try that was recorded in the one before', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send).record(2, planned('13800000001'), RESULT);
	const next = openRetryMemory(contextOf(memory), send);
	expect(next.find(2, planned('13800000001'))).toEqual(RESULT);
	expect(next.recall(2)).toEqual(RESULT);
	expect(next.find(1, planned('13800000001'))).toBeUndefined();
	expect(next.recall(1)).toBeUndefined();
});

it('works in versions of n8n that do not say whether the node runs as a tool', () => {
	const memory = {};
	const context = { ...contextOf(memory), isToolExecution: undefined } as unknown as IExecuteFunctions;
	openRetryMemory(context, send).record(0, planned('13800000001'), RESULT);
	expect(openRetryMemory(context, send).recall(0)).toEqual(RESULT);
});

it('keeps the result of an item whatever its expressions give in the next try', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send).record(0, planned('13800000001'), RESULT);
	expect(openRetryMemory(contextOf(memory), send).find(0, planned('13800000002'))).toEqual(RESULT);
});

it('knows a try of a tool by its key or its content: n8n counts a new run for each', () => {
	const memory = {};
	const tryOf = (runIndex: number) => openRetryMemory(contextOf(memory, { runIndex, isTool: true }), send);
	tryOf(0).record(0, planned('13800000001'), RESULT);
	tryOf(0).record(0, planned('13800000002', 'order-1'), RESULT);
	const next = tryOf(1);
	expect(next.find(0, planned('13800000001'))).toEqual(RESULT);
	expect(next.find(0, planned('13800000009', 'order-1'))).toEqual(RESULT);
	expect([next.find(0, planned('13800000009')), next.recall(0)]).toEqual([undefined, undefined]);
});

it('takes the same item in the next round of a loop for another message', () => {
	const memory = {};
	openRetryMemory(contextOf(memory), send).record(0, planned('13800000001'), RESULT);
	const nextRound = openRetryMemory(contextOf(memory, { runIndex: 1 }), send);
	expect(nextRound.find(0, planned('13800000001'))).toBeUndefined();
	expect(nextRound.recall(0)).toBeUndefined();
});

it.each([
	['"Retry On Fail" is off', send, { retryOnFail: false }],
	['a second try does no harm', read, {}],
])('remembers nothing where %s', (_, operation, settings) => {
	const memory = {};
	openRetryMemory(contextOf(memory, settings), operation).record(0, planned('13800000001'), RESULT);
	expect(memory).toEqual({});
});

it.each([
	['sends and cannot be done twice', send],
	['uses something up, although nothing is sent', verify],
	['sends, although it can be done twice', reschedule],
])('remembers an operation that %s', (_, operation) => {
	const memory = {};
	openRetryMemory(contextOf(memory), operation).record(0, planned('13800000001'), RESULT);
	expect(openRetryMemory(contextOf(memory), operation).recall(0)).toEqual(RESULT);
});

it('keeps its records with the node, where a retry finds them and another node does not', () => {
	const asked: unknown[] = [];
	const context = contextOf({});
	const getContext = (type: string) => {
		asked.push(type);
		return {};
	};
	openRetryMemory({ ...context, getContext } as unknown as IExecuteFunctions, send);
	expect(asked).toEqual(['node']);
});
