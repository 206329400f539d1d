import type { INode } from 'n8n-workflow';

import { toErrorItem, toErrorJson, toNodeError } from '../../../nodes/JSms/api/apiError';
import { failureOfInput, failureOfOutcome } from '../../../nodes/JSms/model/failure';
import { classify } from '../../../nodes/JSms/api/classify';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';

const node: INode = {
	id: '1',
	name: 'JSms',
	type: 'n8n-nodes-jsms.jSms',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const refusedExchange = {
	kind: 'response' as const,
	status: 403,
	body: '{"error":{"code":50006,"message":"invalid mobile"}}',
};
const outcomeOf = (exchange: Parameters<typeof classify>[0]) => {
	const outcome = classify(exchange);
	if (outcome.class === 'accepted') throw new Error('The test wants a failure');
	return outcome;
};

it('keeps the number in full in the data, masked in the sentence', () => {
	const failure = failureOfOutcome(outcomeOf(refusedExchange), '13812340006');
	expect(toErrorJson(failure)).toStrictEqual({
		error: '138****0006: the mobile number is not valid (50006 invalid mobile)',
		details: {
			code: 50006,
			http_status: 403,
			hint: 'Use an 11-digit mainland China number, one number per item.',
			outcome: 'refused',
			safe_to_retry: false,
			mobile: '13812340006',
		},
	});
});

it('says that nothing was sent where that is certain', () => {
	const outcome = outcomeOf({ kind: 'connectionError', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
	expect(toErrorJson(failureOfOutcome(outcome, '13812345678'))).toStrictEqual({
		error: 'n8n could not connect to JSMS (ECONNREFUSED): nothing was sent to 138****5678',
		details: { hint: outcome.hint, outcome: 'notAttempted', safe_to_retry: true, mobile: '13812345678' },
	});
});

it('never calls it safe to try again where the result is unknown', () => {
	const outcome = outcomeOf({
		kind: 'response',
		status: 500,
		body: '{"error":{"code":50019,"message":"server error"}}',
	});
	expect(toErrorJson(failureOfOutcome(outcome, '13812345678'))).toMatchObject({
		error: 'JSMS had an internal error (HTTP 500, code 50019): the result for 138****5678 is unknown',
		details: { code: 50019, http_status: 500, outcome: 'unknown', safe_to_retry: false },
	});
});

it('has only the two keys that n8n keeps on its error output', () => {
	const json = toErrorJson(failureOfInput(new InputProblem("'Mobile Number' is empty", 'Give one.')));
	expect(json).toStrictEqual({
		error: "'Mobile Number' is empty",
		details: { hint: 'Give one.', outcome: 'invalidInput', safe_to_retry: false },
	});
});

it('stops the workflow with our sentence, the item, the hint and the HTTP status', () => {
	const failure = failureOfOutcome(outcomeOf(refusedExchange), '13812340006');
	const error = toNodeError(node, failure, 3, 'One other item was already accepted.');
	expect(error).toMatchObject({
		name: 'NodeApiError',
		message: failure.message,
		description: `${failure.hint} One other item was already accepted.`,
		httpCode: '403',
		context: { itemIndex: 3 },
	});
	expect(JSON.stringify(error)).not.toContain('13812340006');
});

it('stops with an operation error where the input was bad', () => {
	const error = toNodeError(node, failureOfInput(new InputProblem("'Template ID' is empty", 'Fill it in.')), 0);
	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: "'Template ID' is empty",
		description: 'Fill it in.',
	});
});

it.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'])(
	'keeps our sentence although it names %s, for which n8n has a stock text',
	(code) => {
		const failure = failureOfOutcome(outcomeOf({ kind: 'connectionError', code, message: 'somehow' }), '13812345678');
		expect(toNodeError(node, failure, 0).message).toBe(failure.message);
		const inputFailure = failureOfInput(new InputProblem(`Template 7 could not be read (${code})`, 'Try again.'));
		expect(toNodeError(node, inputFailure, 0).message).toBe(`Template 7 could not be read (${code})`);
	},
);

describe('the item of a failure', () => {
	const failure = failureOfInput(new InputProblem("'Template ID' is empty", 'Fill it in.'));
	const json = toErrorJson(failure);
	const input = { phone: '13812345678' };

	it.each([undefined, 'continueRegularOutput', 'stopWorkflow'] as const)(
		'carries its input where that is wanted (%s)',
		(onError) => {
			const item = toErrorItem({ ...node, onError }, failure, 4, input);
			expect(item).toStrictEqual({ json: { ...json, input }, pairedItem: { item: 4 } });
			expect(toErrorItem({ ...node, onError }, failure, 4)).toStrictEqual({ json, pairedItem: { item: 4 } });
			expect('error' in item).toBe(false);
		},
	);

	it('is marked for the error output of n8n 1.x, where n8n adds the input by itself', () => {
		const item = toErrorItem({ ...node, onError: 'continueErrorOutput' }, failure, 4, input);
		expect(item).toStrictEqual({ json, pairedItem: { item: 4 } });
		expect(item.error).toBe("'Template ID' is empty");
		// A mark that is listed would replace the json by the bare error.
		expect(Object.keys(item)).toEqual(['json', 'pairedItem']);
	});
});

it('says nothing of others where there are none, and no status where there was none', () => {
	const failure = failureOfOutcome({ class: 'unknown', message: 'Broken', hint: 'Look.' });
	const error = toNodeError(node, failure, undefined);
	expect(error).toMatchObject({ name: 'NodeApiError', description: 'Look.', httpCode: null });
	expect(error.context.itemIndex).toBeUndefined();
});

it('takes the code of the service for the status where there is no other, as for a batch', () => {
	const failure = failureOfOutcome({ class: 'unknown', message: 'Broken', hint: 'Look.', code: 50019 });
	expect(toNodeError(node, failure, undefined)).toMatchObject({ httpCode: '50019' });
});
