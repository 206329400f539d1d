import { describeRefusal } from '../../../nodes/JSms/model/returnCodes';
import { failureOfInput, failureOfOutcome } from '../../../nodes/JSms/model/failure';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';

/** What an item says of itself when it has no result: whole values, because every key of them reaches people. */

const MOBILE = '13812345678';

it('says of bad input what is wrong and what to do, and nothing else', () => {
	expect(failureOfInput(new InputProblem("'Template ID' is empty", 'Fill it in.'))).toStrictEqual({
		message: "'Template ID' is empty",
		hint: 'Fill it in.',
		outcome: 'invalidInput',
		safeToRetry: false,
	});
});

describe('a refusal', () => {
	it('keeps what the service says, and names the number in part', () => {
		const outcome = { class: 'refused' as const, ...describeRefusal(50009, 'out of freq', 403) };
		expect(failureOfOutcome(outcome, MOBILE)).toStrictEqual({
			message: '138****5678: too many messages to this number (50009 out of freq)',
			hint: outcome.hint,
			outcome: 'refused',
			safeToRetry: true,
			code: 50009,
			httpStatus: 403,
			mobile: MOBILE,
		});
	});

	it('does without number, code and status where there are none', () => {
		const outcome = { class: 'refused' as const, ...describeRefusal(undefined, 'no') };
		expect(failureOfOutcome(outcome)).toStrictEqual({
			message: 'JSMS refused the request (no)',
			hint: outcome.hint,
			outcome: 'refused',
			safeToRetry: false,
		});
	});
});

it('says that nothing was sent, with the number where there is one', () => {
	const outcome = { class: 'notAttempted' as const, message: 'Nobody answers', hint: 'Wait.', retryAfter: '9' };
	const failure = { hint: 'Wait.', outcome: 'notAttempted', safeToRetry: true };
	expect(failureOfOutcome(outcome)).toStrictEqual({ ...failure, message: 'Nobody answers: nothing was sent' });
	expect(failureOfOutcome(outcome, MOBILE)).toStrictEqual({
		...failure,
		message: 'Nobody answers: nothing was sent to 138****5678',
		mobile: MOBILE,
	});
});

it('says that the result is unknown, with code and status where there are any', () => {
	const outcome = { class: 'unknown' as const, message: 'Broken', hint: 'Look.' };
	const failure = { hint: 'Look.', outcome: 'unknown', safeToRetry: false };
	expect(failureOfOutcome(outcome)).toStrictEqual({ ...failure, message: 'Broken: the result is unknown' });
	expect(failureOfOutcome({ ...outcome, code: 50019, httpStatus: 500 }, MOBILE)).toStrictEqual({
		...failure,
		message: 'Broken: the result for 138****5678 is unknown',
		code: 50019,
		httpStatus: 500,
		mobile: MOBILE,
	});
});
