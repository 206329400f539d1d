import { single } from './operation';

/** Templates and signatures: handed in, read, changed, deleted. */
const text = { text: '您好', type: 2 };
const sign = { text: '示例', type: 1 };
const form = [
	{ field: 'sign', text: '示例' },
	{ field: 'type', text: '1' },
];

it.each([
	['template', 'create', text, { method: 'POST', path: '/templates', body: { template: '您好', type: 2 } }],
	[
		'template',
		'update',
		{ ...text, templateId: 1250 },
		{ method: 'PUT', path: '/templates/1250', body: { temp_id: 1250, template: '您好', type: 2 } },
	],
	['signature', 'create', sign, { method: 'POST', path: '/sign', form }],
	['signature', 'update', { ...sign, signatureId: 37001 }, { method: 'POST', path: '/sign/37001', form }],
])('%s %s hands in what was given, once, and gives its ID', async (resource, value, fields, request) => {
	const { operation, requestOf, itemsOf } = single(resource, value);
	expect(await requestOf(fields)).toEqual(request);
	expect([operation.effect, operation.sends]).toEqual(['once', undefined]);
	const id = resource === 'template' ? 'temp_id' : 'sign_id';
	expect(itemsOf({ temp_id: '7', sign_id: '7' })).toEqual([{ [id]: 7 }]);
	expect(itemsOf({})).toBeUndefined();
});

it.each([
	['template', { templateId: 1250 }, '/templates/1250'],
	['signature', { signatureId: 37001 }, '/sign/37001'],
])('%s get reads the state of the review', async (resource, fields, path) => {
	const { operation, requestOf, itemsOf } = single(resource, 'get');
	expect(await requestOf(fields)).toEqual({ method: 'GET', path });
	expect([operation.effect, operation.sends]).toEqual(['idempotent', undefined]);
	expect(itemsOf({ status: 1 })).toEqual([{ status: 1, status_message: 'approved' }]);
});

it.each([
	['template', { templateId: 1250 }, '/templates/1250', { temp_id: 1250 }],
	['signature', { signatureId: 37001 }, '/sign/37001', { sign_id: 37001 }],
])('%s delete names what was deleted', async (resource, fields, path, metadata) => {
	const { operation, requestOf, itemsOf } = single(resource, 'delete');
	const request = await requestOf(fields);
	expect(request).toEqual({ method: 'DELETE', path, metadata });
	expect([operation.expects, operation.effect]).toEqual(['empty', 'delete']);
	expect(itemsOf(undefined, request)).toEqual([{ deleted: true, ...metadata }]);
});
