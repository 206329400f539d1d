import { BATCH_OUTPUTS, outputOf, toRow } from '../../../nodes/JSms/batch/rows';
import { entry, rejected } from './build';

const recipient = entry('13812345678', { tempId: 1250 }, { number: '741627' });

/** As text: the order of keys is the order of columns in the editor. */
const textOf = (...args: Parameters<typeof toRow>) => JSON.stringify(toRow(...args));

it('shows a sent row with its keys in reading order', () => {
	expect(textOf(recipient, { status: 'sent', msgId: '274887115920' })).toBe(
		'{"status":"sent","mobile":"13812345678","msg_id":"274887115920","temp_id":1250,"temp_para":{"number":"741627"}}',
	);
});

it('shows a failed row with its keys in reading order', () => {
	const result = {
		status: 'failed' as const,
		code: 50006,
		message: 'The mobile number is not valid (50006 invalid mobile)',
		hint: 'Look.',
		safeToRetry: false,
		msgId: '275',
	};
	expect(textOf(recipient, result)).toBe(
		'{"status":"failed","mobile":"13812345678","error_code":50006,"error_message":"The mobile number is not valid (50006 invalid mobile)","error_hint":"Look.","safe_to_retry":false,"msg_id":"275","temp_id":1250,"temp_para":{"number":"741627"}}',
	);
});

it('shows an unknown row without what the service did not tell', () => {
	const result = { status: 'unknown' as const, message: 'No answer', hint: 'Look.', safeToRetry: false };
	expect(textOf(recipient, result)).toBe(
		'{"status":"unknown","mobile":"13812345678","error_message":"No answer","error_hint":"Look.","safe_to_retry":false,"temp_id":1250,"temp_para":{"number":"741627"}}',
	);
});

it('shows when the request of an unknown row left', () => {
	const result = {
		status: 'unknown' as const,
		message: 'No answer',
		hint: 'Look.',
		safeToRetry: false,
		attemptedAt: '2026-11-24T08:00:00.000Z',
	};
	expect(textOf(recipient, result)).toBe(
		'{"status":"unknown","mobile":"13812345678","error_message":"No answer","error_hint":"Look.","safe_to_retry":false,"attempted_at":"2026-11-24T08:00:00.000Z","temp_id":1250,"temp_para":{"number":"741627"}}',
	);
});

it('shows the schedule of a scheduled row', () => {
	expect(textOf(recipient, { status: 'sent', scheduleId: 'a-1' })).toBe(
		'{"status":"sent","mobile":"13812345678","schedule_id":"a-1","temp_id":1250,"temp_para":{"number":"741627"}}',
	);
});

it('shows what is known of a line that was refused before sending', () => {
	const result = { status: 'failed' as const, message: 'Bad', hint: 'Mend it.', safeToRetry: false };
	expect(toRow(rejected(0), result)).toEqual({
		status: 'failed',
		mobile: '',
		error_message: 'Bad',
		error_hint: 'Mend it.',
		safe_to_retry: false,
		temp_para: {},
	});
	expect(toRow({ ...rejected(0), mobile: '138', tempId: 7, tempPara: { a: '1' } }, result)).toMatchObject({
		mobile: '138',
		temp_id: 7,
		temp_para: { a: '1' },
	});
});

it('never looks like an error item of n8n', () => {
	const result = { status: 'failed' as const, code: 50006, message: 'invalid mobile', hint: '', safeToRetry: false };
	expect(toRow(recipient, result)).not.toHaveProperty('error');
});

it('puts sent, failed and unknown rows on the first, second and third output', () => {
	const results = [
		{ status: 'sent' as const },
		{ status: 'failed' as const, message: '', hint: '', safeToRetry: false },
		{ status: 'unknown' as const, message: '', hint: '', safeToRetry: false },
	];
	expect(results.map((result) => BATCH_OUTPUTS[outputOf(result)])).toEqual(['Sent', 'Failed', 'Unknown']);
});

it('shows when a scheduled row goes out and which schedule an update was for', () => {
	const scheduled = entry('13812345678', { tempId: 1250, sendTime: '2030-01-01 08:00:00', scheduleId: 'a-1' });
	const result = { status: 'unknown' as const, message: 'No answer', hint: 'Look.', safeToRetry: false };
	expect(textOf(scheduled, result)).toBe(
		'{"status":"unknown","mobile":"13812345678","error_message":"No answer","error_hint":"Look.","safe_to_retry":false,"schedule_id":"a-1","send_time":"2030-01-01 08:00:00","temp_id":1250,"temp_para":{}}',
	);
});

it('has no empty columns: what is not known has no key', () => {
	const failed = { status: 'failed' as const, message: 'Bad', hint: 'Mend it.', safeToRetry: false };
	expect(Object.keys(toRow(recipient, { status: 'sent' }))).toEqual(['status', 'mobile', 'temp_id', 'temp_para']);
	expect(Object.keys(toRow(rejected(0), failed))).toEqual([
		'status',
		'mobile',
		'error_message',
		'error_hint',
		'safe_to_retry',
		'temp_para',
	]);
});

it('leaves the sentence of an unknown row, and of a code that no page explains', () => {
	const sentence = { message: 'JSMS had an error', hint: 'Look.', safeToRetry: false };
	expect(toRow(recipient, { status: 'unknown', code: 50019, ...sentence }).error_message).toBe('JSMS had an error');
	expect(toRow(recipient, { status: 'failed', code: 59999, ...sentence }).error_message).toBe('JSMS had an error');
});
