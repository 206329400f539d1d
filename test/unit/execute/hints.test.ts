import { describeBatch, RETRY_HINT } from '../../../nodes/JSms/execute/hints';
import type { Result } from '../../../nodes/JSms/batch/types';

const sent: Result = { status: 'sent', msgId: '1' };
const failed = (code?: number) => ({
	status: 'failed' as const,
	...(code !== undefined && { code }),
	message: 'to 13812345678',
	hint: '',
	safeToRetry: false,
});
const unknown: Result = { status: 'unknown', message: '', hint: '', safeToRetry: false };
const messagesOf = (results: Result[], requests = 1) =>
	describeBatch({ results, requests }).map(({ message }) => message);

it('sums a good batch up in one calm line', () => {
	expect(describeBatch({ results: [sent, sent], requests: 2 })).toEqual([
		{ message: '2 sent, 0 failed, 0 unknown, 2 requests', type: 'info', location: 'outputPane' },
	]);
});

it('names the reasons for failures, most frequent first', () => {
	expect(messagesOf([sent, failed(50006), failed(50024), failed(50006), failed(50999)])).toEqual([
		'1 sent, 4 failed (2 invalid mobile, 1 unsubscribed mobile, 1 code 50999), 0 unknown, 1 request',
	]);
});

it('tells items that lack something from items that were held back', () => {
	const lacking: Result = { ...failed(), scope: 'recipient' };
	const heldBack: Result = { ...failed(), scope: 'request' };
	expect(messagesOf([lacking, heldBack, lacking])).toEqual([
		'0 sent, 3 failed (2 with incomplete data, 1 not attempted), 0 unknown, 1 request',
	]);
});

it('warns that unknown ones must be looked up before they are sent again', () => {
	const hints = describeBatch({ results: [sent, unknown], requests: 1 });
	expect(hints[0].type).toBe('warning');
	expect(hints.slice(1)).toEqual([
		{
			message:
				'1 of the SMS may or may not have gone out. Look at the send records in the Jiguang console before sending these again.',
			type: 'warning',
			location: 'outputPane',
		},
	]);
});

it('says where to look up what is unknown about something else than an SMS', () => {
	const hints = describeBatch({ results: [unknown, unknown], requests: 1 }, { done: 'done', ifUnknown: 'Look there.' });
	expect(hints.map(({ message }) => message)).toEqual([
		'0 done, 0 failed, 2 unknown, 1 request',
		'Of 2 recipients the result is unknown. Look there.',
	]);
});

it('says calmly what "Retry On Fail" does', () => {
	expect(RETRY_HINT).toEqual({
		message:
			"'Retry On Fail' is on: items that were accepted, or may have been, are not sent again; only the others are tried again.",
		type: 'info',
		location: 'outputPane',
	});
});

it('puts the most frequent reason first, wherever it stood', () => {
	expect(messagesOf([50024, 50006, 50006].map(failed))).toEqual([
		'0 sent, 3 failed (2 invalid mobile, 1 unsubscribed mobile), 0 unknown, 1 request',
	]);
});

it('names four reasons at most', () => {
	const codes = [50006, 50006, 50024, 50999, 50998, 50997];
	expect(messagesOf(codes.map(failed))).toEqual([
		'0 sent, 6 failed (2 invalid mobile, 1 unsubscribed mobile, 1 code 50999, 1 code 50998), 0 unknown, 1 request',
	]);
});

it('says when the balance is used up', () => {
	expect(describeBatch({ results: [failed(50014)], requests: 1 }).slice(1)).toEqual([
		{
			message: 'The SMS balance is used up. Top it up, then run the failed items again.',
			type: 'warning',
			location: 'outputPane',
		},
	]);
	expect(messagesOf([failed(50006), sent])).toHaveLength(1);
});

it('says so too when others failed for other reasons', () => {
	expect(messagesOf([failed(50014), failed(50006)]).at(-1)).toMatch(/^The SMS balance is used up/);
});

it('names no phone number', () => {
	expect(JSON.stringify(describeBatch({ results: [failed(50006), failed(), unknown], requests: 1 }))).not.toContain(
		'13812345678',
	);
});
