import { dangerOf, UNKNOWN_ID, type Call } from '../../../scripts/check-service/call';
import { defaultCalls } from '../../../scripts/check-service/calls';
import { scriptOf } from '../../../scripts/check-service/script';

const calls = defaultCalls(Date.now(), 1250);
const post = (path: string, body: unknown): Call => ({ id: 'x', title: 'x', method: 'POST', path, body });
const plain = '13800000000';

test.each(calls.map((call) => [call.id, call] as const))('%s can send nothing and change nothing', (_, call) => {
	expect(dangerOf(call)).toBeUndefined();
});

test('each call has a name of its own', () => {
	expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
});

test.each([
	['a message', post('/messages', { mobile: plain, temp_id: 1 })],
	['a message with the template as text', post('/messages', { mobile: plain, temp_id: '1' })],
	['a message with its number as a number', post('/messages', { mobile: Number(plain), temp_id: 1 })],
	['a message as text', post('/messages', JSON.stringify({ mobile: plain, temp_id: 1 }))],
	['a path with a slash', post('/messages/', { mobile: plain, temp_id: 1 })],
	['a code', post('/codes', { mobile: plain, temp_id: 1 })],
	['a voice code, which needs no template', post('/voice_codes', { mobile: plain })],
	[
		'a batch with one good row',
		post('/messages/batch', { temp_id: 1, recipients: [{ mobile: '1' }, { mobile: plain }] }),
	],
	['a batch of plain numbers', post('/messages/batch', { temp_id: 1, recipients: [plain] })],
	['recipients that are no list', post('/messages/batch', { temp_id: 1, recipients: { mobile: plain } })],
	['a number of three digits', post('/messages', { mobile: '110', temp_id: 1 })],
	['a schedule', post('/schedule', { send_time: '2099-01-01 00:00:00', mobile: plain, temp_id: 1 })],
	['a scheduled batch', post('/schedule/batch', { temp_id: 1, recipients: [{ mobile: plain }] })],
	['a change of a schedule', { ...post('/schedule/x', { mobile: plain, temp_id: 1 }), method: 'PUT' as const }],
	['a template', post('/templates', { template: 'x', type: 2 })],
	['a signature', post('/sign', { sign: '示例' })],
	['the verification of a code', post('/codes/288193860302/valid', { code: '1' })],
	['a path that nobody thought of', post('/resend', { id: 1 })],
	['the deletion of a template', { ...post('/templates/1250', undefined), method: 'DELETE' as const }],
	['reading reports', { ...post('/report', undefined), method: 'GET' as const }],
	['reading replies', { ...post('/reply/', undefined), method: 'GET' as const }],
])('%s cannot come into the list', (_, call) => {
	expect(dangerOf(call)).toEqual(expect.any(String));
	expect(() => scriptOf([call])).toThrow('does not belong into this list');
});

test('numbers that look right go with a template that does not exist', () => {
	expect(dangerOf(post('/messages', { mobile: plain, temp_id: UNKNOWN_ID }))).toBeUndefined();
	expect(dangerOf(post('/messages', { mobile: plain, temp_id: UNKNOWN_ID - 1 }))).toEqual('can send an SMS');
});
