import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { people, useService } from './service';

const service = useService();
const sendText = { resource: 'verificationCode', operation: 'sendText', mobile: '={{ $json.phone }}', templateId: 1 };

it('sends a code to each item and returns the ids of the messages', async () => {
	const run = await service.jsms.runNode(sendText, people('13800000001', '+86 138-0000-0002', 13800000003));
	expect(errorOf(run)).toBeUndefined();
	expect(outputsOf(run, JSMS)).toEqual([
		['13800000001', '13800000002', '13800000003'].map((mobile, item) => ({
			json: { msg_id: service.sandbox.ledger.find((entry) => entry.mobile === mobile)?.msg_id, mobile, temp_id: 1 },
			pairedItem: { item },
		})),
	]);
	expect(service.calls).toEqual(new Array(3).fill('POST /codes'));
});

it('sends what is needed and nothing else', async () => {
	await service.jsms.runNode(sendText, people('13800000001'));
	expect(service.bodies).toEqual([{ mobile: '13800000001', temp_id: 1 }]);
});

it('sends with the signature that is chosen', async () => {
	await service.jsms.runNode({ ...sendText, options: { signatureId: 37002 } }, people('13800000001'));
	expect(service.bodies).toEqual([{ mobile: '13800000001', temp_id: 1, sign_id: 37002 }]);
	expect(service.sandbox.ledger[0].text).toMatch(/^【示例商城】/);
});

it('reads the template ID per item', async () => {
	const run = await service.jsms.runNode({ ...sendText, templateId: '={{ $json.template }}' }, [
		{ phone: '13800000001', template: '1' },
	]);
	expect(errorOf(run)).toBeUndefined();
	expect(service.bodies).toEqual([{ mobile: '13800000001', temp_id: 1 }]);
});

it('says that a template is of another kind', async () => {
	const run = await service.jsms.runNode({ ...sendText, templateId: 1250 }, people('13800000001'));
	expect(errorOf(run)).toMatchObject({
		name: 'NodeApiError',
		message: '138****0001: this kind of template cannot be used here (50025 wrong template type)',
		httpCode: '403',
	});
	expect(service.reached).toEqual([]);
});

it.each([
	['', "'Mobile Number' is empty"],
	[['13800000001', '13800000002'], "'Mobile Number' holds a list instead of one number"],
	[{ number: '13800000001' }, "'Mobile Number' holds an object instead of one number"],
	['13800000001, 13800000002', "'Mobile Number' holds 2 numbers"],
])('asks nothing of the service when the number is %j', async (phone, sentence) => {
	const run = await service.jsms.runNode(sendText, people(phone));
	expect(errorOf(run)).toMatchObject({ name: 'NodeOperationError', message: sentence, context: { itemIndex: 0 } });
	expect(service.calls).toEqual([]);
});

it.each([0, -1, 1.5, '={{ "abc" }}', '={{ null }}'])(
	'asks nothing of the service when the template ID is %j',
	async (templateId) => {
		const run = await service.jsms.runNode({ ...sendText, templateId }, people('13800000001'));
		expect(errorOf(run)?.message).toMatch(/^'Template ID' (must be|is empty)/);
		expect(service.calls).toEqual([]);
	},
);
