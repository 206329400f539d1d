import type { INodeExecutionData } from 'n8n-workflow';

import { errorOf } from '../support/engine';
import { jsonOf, useService } from './service';

/** Signatures: handed in with pictures, reviewed, changed, deleted. */
const service = useService();
const create = { resource: 'signature', operation: 'create', text: '示例快递', type: 1 };
const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
const PNG = base64(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const JPG = base64(0xff, 0xd8, 0xff, 0xe0, 9);
const file = (data: string, fileName?: string) => ({
	data,
	mimeType: 'application/octet-stream',
	...(fileName && { fileName }),
});
const withFiles = (binary: INodeExecutionData['binary']) => [{ json: {}, binary }];
const latest = () => service.sandbox.signatures.list().at(-1);
const run = async (parameters: object, items: INodeExecutionData[] = [{ json: {} }], extras = {}) =>
	await service.jsms.runNode(parameters as never, items as never, extras);

it('hands a signature in with the pictures of the item', async () => {
	const parameters = {
		...create,
		images: { idCardImage: 'id', businessLicenseImage: 'licence' },
		options: {
			legalPersonName: '张三',
			legalPersonIdNumber: '11010119900101001X',
			socialCreditCode: '91110000000000000X',
		},
	};
	service.sandbox.settings.signatureForm = '2025';
	const done = await run(parameters, withFiles({ id: file(PNG, '身份证.png'), licence: file(JPG) }));
	expect(errorOf(done)).toBeUndefined();
	expect(jsonOf(done)).toEqual([{ sign_id: latest()?.sign_id }]);
	expect(latest()).toMatchObject({ sign: '示例快递', type: 1, images: ['businessLicenseImage', 'idCardImage'] });
});

it('is as short as it was in 2018, too: nothing that was not given is sent', async () => {
	await run({ ...create, images: { image0: 'data' } }, withFiles({ data: file(PNG) }));
	expect(latest()).toMatchObject({ sign: '示例快递', images: ['image0'], remark: '' });
});

it('reads the state of the review, changes a rejected one by POST, and deletes it', async () => {
	await run(create);
	const signatureId = Number(latest()?.sign_id);
	const read = async () => jsonOf(await run({ resource: 'signature', operation: 'get', signatureId }));
	const record = { sign_id: signatureId, sign: '示例快递', is_default: 0, use_status: 0 };
	expect(await read()).toEqual([{ ...record, status: 0, status_message: 'under review' }]);
	service.sandbox.review('signature', signatureId, 2);
	expect(await read()).toEqual([{ ...record, status: 2, status_message: 'rejected' }]);
	expect(jsonOf(await run({ ...create, operation: 'update', signatureId, text: '示例快运' }))).toEqual([
		{ sign_id: signatureId },
	]);
	expect(service.calls.at(-1)).toBe(`POST /sign/${signatureId}`);
	expect(jsonOf(await run({ resource: 'signature', operation: 'delete', signatureId }))).toEqual([
		{ deleted: true, sign_id: signatureId },
	]);
});

it('never hands in twice after a result that nobody knows, and remembers it for "Retry On Fail"', async () => {
	service.sandbox.fault({ kind: 'resetAfter' });
	const done = await run({ ...create, images: { image0: 'data' } }, withFiles({ data: file(PNG) }), {
		retryOnFail: true,
		waitBetweenTries: 0,
	});
	expect(errorOf(done)?.message).toMatch(/the result is unknown/);
	expect(service.calls).toEqual(['POST /sign']);
});

it.each([
	['GET', 'get', 1, /\(50102 invalid sign id\)/],
	['DELETE', 'delete', 37001, /\(50105 default signature cannot be deleted\)/],
	['POST', 'update', 37001, /\(50104 invalid signature\)/],
])('says why JSMS refuses %s', async (_, operation, signatureId, sentence) => {
	expect(errorOf(await run({ ...create, operation, signatureId }))?.message).toMatch(sentence);
});

it('says that another one is under review', async () => {
	await run(create);
	expect(errorOf(await run(create))?.message).toMatch(/\(50103 other signatures in the audit\)/);
});

describe('refuses before anything is sent', () => {
	afterEach(() => expect(service.calls).toEqual([]));

	it.each([
		['示', "'Text' has 1 character"],
		['示'.repeat(17), "'Text' has 17 characters"],
		['【示例】', "'Text' contains brackets"],
		['示例 科技', "'Text' contains something other than letters, digits and Chinese characters"],
	])('the text %j', async (text, sentence) => {
		expect(errorOf(await run({ ...create, text }))?.message).toBe(sentence);
	});

	it.each([
		[
			'legalPersonIdNumber',
			'123',
			"'Legal Representative ID Number' is not 18 characters: 17 digits, then a digit or X",
		],
		['socialCreditCode', 'x', "'Social Credit Code' is not 18 letters and digits"],
		['remark', 'x'.repeat(101), "'Remark' is not at most 100 characters"],
	])('%s %j, without repeating it', async (name, value, sentence) => {
		const { message, description } = errorOf(await run({ ...create, options: { [name]: value } })) ?? {};
		expect(message).toBe(sentence);
		expect(`${message} ${description}`).not.toContain(value.padEnd(3, '!'));
	});

	const oneImage = { ...create, images: { idCardImage: 'data' } };
	it.each([
		['that is not there', {}, "The item has no binary field 'data' for 'ID Card'"],
		[
			'of another type',
			{ data: file(Buffer.from('GIF89a').toString('base64')) },
			"'ID Card' is neither a PNG nor a JPG picture",
		],
		[
			'that is too large',
			{ data: file(Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.alloc(3 * 1024 * 1024)]).toString('base64')) },
			"'ID Card' is 3.0 MB; JSMS allows at most 2 MB",
		],
	])('a picture %s', async (_, binary, sentence) => {
		expect(errorOf(await run(oneImage, withFiles(binary)))?.message).toBe(sentence);
	});

	it('a picture without the name of its field', async () => {
		expect(errorOf(await run({ ...create, images: { idCardImage: '' } }))?.message).toBe("'ID Card' is empty");
	});
});
