import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { people, useService } from './service';

const service = useService();
const sendVoice = { resource: 'verificationCode', operation: 'sendVoice', mobile: '={{ $json.phone }}' };

it('calls each item and returns the ids', async () => {
	const run = await service.jsms.runNode(sendVoice, people('13800000001'));
	expect(errorOf(run)).toBeUndefined();
	expect(outputsOf(run, JSMS)).toEqual([
		[{ json: { msg_id: service.sandbox.ledger[0].msg_id, mobile: '13800000001' }, pairedItem: { item: 0 } }],
	]);
	expect(service.bodies).toEqual([{ mobile: '13800000001' }]);
});

it('says a code of its own with its leading zeros, in the chosen language, for the chosen time', async () => {
	await service.jsms.runNode(
		{ ...sendVoice, options: { code: '039482', language: 1, ttl: 120 } },
		people('13800000001'),
	);
	expect(service.bodies).toEqual([{ mobile: '13800000001', code: '039482', voice_lang: 1, ttl: 120 }]);
	expect(service.sandbox.ledger[0].code).toBe('039482');
});

it('sends the language 0, which is a choice too', async () => {
	await service.jsms.runNode({ ...sendVoice, options: { language: 0 } }, people('13800000001'));
	expect(service.bodies).toEqual([{ mobile: '13800000001', voice_lang: 0 }]);
});

it('tells when a number is called again too soon', async () => {
	const run = await service.jsms.runNode(
		{ ...sendVoice, options: { concurrency: 1 } },
		people('13800000001', '13800000001'),
	);
	expect(errorOf(run)).toMatchObject({
		message: '138****0001: too many messages to this number (50009 out of freq)',
		context: { itemIndex: 1, accepted: [{ item: 0, msg_id: service.sandbox.ledger[0].msg_id }] },
	});
	expect(service.reached).toEqual(['13800000001']);
});

it.each([
	['code', '123', "'Code' must be a code of 4 to 8 digits, not the text '123'"],
	['code', '123456789', "'Code' must be a code of 4 to 8 digits, not the text '123456789'"],
	['code', '12a4', "'Code' must be a code of 4 to 8 digits, not the text '12a4'"],
	['code', ['={{ [1234] }}'], "'Code' must be a code of 4 to 8 digits, not a list"],
	['language', 3, "'Language' must be a whole number from 0 to 2, not the number 3"],
	['ttl', 0, "'Validity Period' must be a whole number from 1 to 86400, not the number 0"],
	['ttl', 86401, "'Validity Period' must be a whole number from 1 to 86400, not the number 86401"],
])('asks nothing of the service when %s is %j', async (name, value, sentence) => {
	const run = await service.jsms.runNode({ ...sendVoice, options: { [name]: value } }, people('13800000001'));
	expect(errorOf(run)?.message).toBe(sentence);
	expect(service.calls).toEqual([]);
});
