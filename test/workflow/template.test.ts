import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, useService } from './service';

/** Templates: written, reviewed, changed, deleted. */
const service = useService();
const create = {
	resource: 'template',
	operation: 'create',
	text: '您好{{name}}，您的快递到了。',
	type: 2,
	options: { remark: '快递通知' },
};
const createOne = async (changes = {}) => {
	const [{ temp_id: templateId }] = jsonOf(await service.jsms.runNode({ ...create, ...changes }));
	return Number(templateId);
};

it('creates a template, reads it with the state of its review, and deletes it', async () => {
	const run = await service.jsms.runNode(create);
	expect(errorOf(run)).toBeUndefined();
	const templateId = service.sandbox.templates.list().at(-1)?.temp_id;
	expect(outputsOf(run, JSMS)).toEqual([[{ json: { temp_id: templateId }, pairedItem: { item: 0 } }]]);
	const read = async () =>
		jsonOf(await service.jsms.runNode({ resource: 'template', operation: 'get', templateId: templateId as number }));
	const record = { temp_id: templateId, template: create.text, type: 2, remark: '快递通知' };
	expect(await read()).toEqual([{ ...record, status: 0, status_message: 'under review' }]);
	service.sandbox.review('template', templateId as number, 1);
	expect(await read()).toEqual([{ ...record, status: 1, status_message: 'approved' }]);
	const gone = await service.jsms.runNode({
		resource: 'template',
		operation: 'delete',
		templateId: templateId as number,
	});
	expect(jsonOf(gone)).toEqual([{ deleted: true, temp_id: templateId }]);
	expect(service.sandbox.templates.get(templateId as number)).toBeUndefined();
});

it('sends ttl with verification codes only', async () => {
	await createOne({ text: '您的验证码是{{code}}。', type: 1, ttl: 120 });
	await createOne();
	expect(service.bodies.map(({ ttl }) => ttl)).toEqual([120, undefined]);
});

it('changes a rejected template', async () => {
	const templateId = await createOne();
	service.sandbox.review('template', templateId, 2);
	const run = await service.jsms.runNode({ ...create, operation: 'update', templateId, text: '{{name}}您好。' });
	expect(jsonOf(run)).toEqual([{ temp_id: templateId }]);
	expect(service.bodies.at(-1)).toMatchObject({ temp_id: templateId, template: '{{name}}您好。' });
});

it('says that only rejected templates can be changed', async () => {
	const run = await service.jsms.runNode({ ...create, operation: 'update', templateId: 1250 });
	expect(errorOf(run)).toMatchObject({
		message: 'Only rejected templates can be changed (50047 modify template not allow)',
		description: expect.stringContaining('Create a new template instead.') as string,
	});
});

it('never creates or changes twice after a result that nobody knows; reading and deleting are repeated', async () => {
	service.sandbox.fault({ kind: 'resetAfter', times: 1 });
	const run = await service.jsms.runNode(create, [{}], { onError: 'continueRegularOutput' });
	expect(jsonOf(run)).toMatchObject([{ details: { outcome: 'unknown', safe_to_retry: false } }]);
	expect(service.calls).toEqual(['POST /templates']);
	const templateId = Number(service.sandbox.templates.list().at(-1)?.temp_id);
	service.sandbox.review('template', templateId, 2);
	service.sandbox.fault({ kind: 'resetAfter', times: 1 });
	const update = await service.jsms.runNode({ ...create, operation: 'update', templateId });
	expect(errorOf(update)?.description).toMatch(/The request may have been carried out/);
	service.sandbox.fault({ kind: 'resetBefore', times: 1 });
	expect(errorOf(await service.jsms.runNode({ ...create, operation: 'get', templateId }))).toBeUndefined();
	service.sandbox.fault({ kind: 'resetBefore', times: 1 });
	expect(errorOf(await service.jsms.runNode({ ...create, operation: 'delete', templateId }))).toBeUndefined();
	expect(service.calls.slice(1).map((call) => call.split(' ')[0])).toEqual(['PUT', 'GET', 'GET', 'DELETE', 'DELETE']);
});

it.each([
	[{ text: '' }, "'Text' is empty"],
	[{ text: '【示例】您好' }, "'Text' contains 【 or 】, which are kept for the signature"],
	[{ text: '长'.repeat(501) }, "'Text' has 501 characters; with signature and opt-out phrase an SMS has at most 500"],
	[{ text: '您好{{姓名}}' }, 'The parameter {{姓名}} has a name that JSMS does not allow'],
	[{ text: '您好{{_a}}' }, 'The parameter {{_a}} has a name that JSMS does not allow'],
	[{ type: 1, text: '您的密码是{{number}}' }, 'A template for verification codes has exactly one parameter, {{code}}'],
	[{ type: 1, text: '{{code}}或{{code}}' }, 'A template for verification codes has exactly one parameter, {{code}}'],
	[{ type: 1, text: '{{code}}', ttl: 0 }, "'Validity Period' must be a whole number from 1 to 86400, not the number 0"],
	[{ text: '请点击{{url}}' }, 'The parameter {{url}} stands for a link, which must be explained in the remark'],
	[{ options: { remark: 'x'.repeat(501) } }, "'Remark' has 501 characters; JSMS allows at most 500"],
])('refuses %j before anything is sent', async (changes, sentence) => {
	const asExpressions = Object.fromEntries(
		Object.entries(changes).map(([name, value]) => [name, name === 'text' ? '={{ $json.text }}' : value]),
	);
	const run = await service.jsms.runNode({ ...create, ...asExpressions } as never, [
		{ text: (changes as { text?: string }).text },
	]);
	expect(errorOf(run)?.message).toBe(sentence);
	expect(service.calls).toEqual([]);
});

it('takes names with an underscore inside, and a link that the remark explains', async () => {
	await createOne({ text: '{{first_name}}，请点击{{url}}', options: { remark: 'https://example.com 发票' } });
	expect(service.calls).toEqual(['POST /templates']);
});
