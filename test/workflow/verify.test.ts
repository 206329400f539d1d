import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, people, useService } from './service';

const service = useService();
const verify = {
	resource: 'verificationCode',
	operation: 'verify',
	messageId: '={{ $json.id }}',
	code: '={{ $json.code }}',
};

/** Sends a code and returns what a person would then hold. */
async function codeInHand() {
	await service.jsms.runNode(
		{ resource: 'verificationCode', operation: 'sendText', mobile: '={{ $json.phone }}', templateId: 1 },
		people('13800000001'),
	);
	const [{ msg_id: id, code }] = service.sandbox.ledger;
	return { id, code: code as string };
}
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

it('says that the right code passes', async () => {
	const { id, code } = await codeInHand();
	const run = await service.jsms.runNode(verify, [{ id, code }]);
	expect(outputsOf(run, JSMS)).toEqual([[{ json: { is_valid: true, msg_id: id }, pairedItem: { item: 0 } }]]);
});

it('answers a wrong code with data instead of an error', async () => {
	const { id, code } = await codeInHand();
	const run = await service.jsms.runNode(verify, [{ id, code: wrong(code) }]);
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run)).toEqual([
		{
			is_valid: false,
			msg_id: id,
			error_code: 50010,
			error_message: 'The verification code is wrong (50010 invalid code)',
			reason: 'invalid',
		},
	]);
});

it('does the same when the service answers a wrong code with HTTP 200', async () => {
	service.sandbox.settings.verifyFailureStatus = 200;
	const { id, code } = await codeInHand();
	const run = await service.jsms.runNode(verify, [{ id, code: wrong(code) }]);
	expect(jsonOf(run)).toEqual([
		{
			is_valid: false,
			msg_id: id,
			error_code: 50010,
			error_message: 'The verification code is wrong (50010 invalid code)',
			reason: 'invalid',
		},
	]);
});

it('tells an expired code, a used one and an unknown message apart', async () => {
	const { id, code } = await codeInHand();
	const items = [
		{ id, code },
		{ id, code },
		{ id: '123456789012', code },
	];
	const run = await service.jsms.runNode({ ...verify, options: {} }, items.slice(0, 1));
	expect(jsonOf(run)).toEqual([{ is_valid: true, msg_id: id }]);
	const again = await service.jsms.runNode(verify, items.slice(1));
	expect(jsonOf(again).map(({ reason }) => reason)).toEqual(['alreadyVerified', 'unknownMessage']);
	const fresh = await codeInHandAgain();
	service.sandbox.advance(301_000);
	expect(jsonOf(await service.jsms.runNode(verify, [fresh]))).toMatchObject([
		{ is_valid: false, error_code: 50011, reason: 'expired' },
	]);
});

async function codeInHandAgain() {
	await codeInHand();
	const { msg_id: id, code } = service.sandbox.ledger[service.sandbox.ledger.length - 1];
	return { id, code: code as string };
}

it('keeps leading zeros of the code and encodes the id in the address', async () => {
	await service.jsms.runNode(verify, [{ id: 'a/b?c', code: '000123' }]);
	expect(service.calls).toEqual(['POST /codes/a%2Fb%3Fc/valid']);
	expect(service.bodies).toEqual([{ code: '000123' }]);
});

it('takes an id that is a number', async () => {
	await service.jsms.runNode(verify, [{ id: 288193860302, code: 123456 }]);
	expect(service.calls).toEqual(['POST /codes/288193860302/valid']);
	expect(service.bodies).toEqual([{ code: '123456' }]);
});

it.each([
	[{ id: '', code: '1' }, "'Message ID' is empty"],
	[{ id: '..', code: '1' }, "'Message ID' is the text '..'"],
	[{ id: ['a'], code: '1' }, "'Message ID' holds a list instead of a text"],
	[{ id: 'a', code: ' ' }, "'Code' is empty"],
	[{ id: 'a', code: { value: '1' } }, "'Code' holds an object instead of a text"],
])('asks nothing of the service for %j', async (item, sentence) => {
	const run = await service.jsms.runNode(verify, [item]);
	expect(errorOf(run)?.message).toBe(sentence);
	expect(service.calls).toEqual([]);
});

it('is an error, not an invalid code, when the keys are wrong', async () => {
	const keys = { ...service.keys, jSmsApi: { ...service.keys.jSmsApi, masterSecret: 'dummy-wrong' } };
	const run = await service.jsms.runNode(verify, [{ id: '1', code: '1' }], {}, keys);
	expect(errorOf(run)?.message).toBe('JSMS did not accept the keys (50002 auth failed)');
});

it('is asked once when the answer does not arrive: a code passes once only', async () => {
	const { id, code } = await codeInHand();
	service.sandbox.fault({ kind: 'resetAfter', path: '/v1/codes/*' });
	const run = await service.jsms.runNode(verify, [{ id, code }], { onError: 'continueRegularOutput' });
	expect(service.calls.filter((one) => one.endsWith('/valid'))).toHaveLength(1);
	expect(jsonOf(run)).toEqual([
		{
			error: 'The connection to JSMS dropped before a response arrived (ECONNRESET): the result is unknown',
			details: {
				outcome: 'unknown',
				safe_to_retry: false,
				hint: 'Verify the code again: if JSMS says that it was already used, the first check passed.',
			},
		},
	]);
});
