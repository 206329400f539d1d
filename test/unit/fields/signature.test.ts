import type { FormPart } from '../../../nodes/JSms/model/request';
import { readSignatureForm, readSignatureIdField } from '../../../nodes/JSms/fields/signature';
import type { ItemInput } from '../../../nodes/JSms/model/operation';
import { readFrom } from './read';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ID = '11010119900101001X';

async function read(fields: Record<string, unknown>, options: Record<string, unknown> = {}): Promise<FormPart[]> {
	const input: Pick<ItemInput, 'read' | 'option' | 'binary'> = {
		read: readFrom({ text: '示例快递', type: 1, ...fields }),
		option: readFrom(options),
		binary: async (field) => await Promise.resolve(field === 'data' ? { fileName: 'a.png', bytes: PNG } : undefined),
	};
	return await readSignatureForm(input as ItemInput);
}

/** The texts of the form by the names of their parts. */
const textsOf = (parts: FormPart[]) => parts.map((part) => [part.field, 'text' in part ? part.text : undefined]);

it('is a form of text and type, and of nothing that was not given', async () => {
	expect(await read({})).toEqual([
		{ field: 'sign', text: '示例快递' },
		{ field: 'type', text: '1' },
	]);
	expect(await read({ images: 'data' }, { remark: ' ', legalPersonName: '' })).toHaveLength(2);
});

it('holds every text of the options, without spaces around it', async () => {
	const options = {
		legalPersonName: ' 张三 ',
		legalPersonIdNumber: `${ID} `,
		remark: '快递通知',
		socialCreditCode: ' 91110000000000000x',
		thirdPartyCompanyName: 360,
	};
	expect(textsOf(await read({ type: '7', text: ' 示例快递 ' }, options))).toEqual([
		['sign', '示例快递'],
		['type', '7'],
		['legalPersonName', '张三'],
		['legalPersonIdNumber', ID],
		['remark', '快递通知'],
		['socialCreditCode', '91110000000000000x'],
		['thirdPartyCompanyName', '360'],
	]);
});

it('takes pictures under the names of both forms', async () => {
	const names = [
		'icpAppScreenshot',
		'businessLicenseImage',
		'idCardImage',
		'image0',
		'image1',
		'image2',
		'image3',
		'otherImage',
		'thirdPartyAuthImage',
		'trademarkImage',
	];
	const parts = await read({ images: Object.fromEntries(names.map((name) => [name, 'data'])) });
	expect(parts.slice(2)).toEqual(
		names.map((field) => ({ field, fileName: 'a.png', mimeType: 'image/png', bytes: PNG })),
	);
});

it('says under the label of the form which picture is missing', async () => {
	await expect(read({ images: { trademarkImage: 'other' } })).rejects.toThrow(
		"The item has no binary field 'other' for 'Trademark'",
	);
});

describe('the text', () => {
	it.each(['示例', '2026', '示例科技2026示例科技2026'])('may be %j', async (text) => {
		expect(textsOf(await read({ text }))[0]).toEqual(['sign', text]);
	});

	it('may be a number, as expressions give it', async () => {
		expect(textsOf(await read({ text: 360 }))[0]).toEqual(['sign', '360']);
	});

	const hint = "Give 'Text' 2 to 8 letters, digits or Chinese characters.";
	const brackets = 'Remove them: JSMS adds 【】 around the signature.';
	const other = "'Text' contains something other than letters, digits and Chinese characters";
	it.each([
		['', "'Text' is empty", hint],
		[['示例'], "'Text' holds a list instead of a text", hint],
		['【示例', "'Text' contains brackets", brackets],
		['示例】', "'Text' contains brackets", brackets],
		['[示例', "'Text' contains brackets", brackets],
		['示例]', "'Text' contains brackets", brackets],
		[' 示 ', "'Text' has 1 character", hint],
		['示'.repeat(17), "'Text' has 17 characters", hint],
		['示例-', other, hint],
		['-示例', other, hint],
	])('is refused as %j', async (text, message, what) => {
		await expect(read({ text })).rejects.toMatchObject({ name: 'InputProblem', message, hint: what });
	});
});

it.each([0, 8, 'Company'])('refuses the type %j', async (type) => {
	await expect(read({ type })).rejects.toMatchObject({
		message: expect.stringMatching(/^'Type' must be a whole number from 1 to 7, not .*$/) as string,
		hint: "Choose one of the types in the list of 'Type'.",
	});
});

describe('refuses a text that JSMS would refuse, without repeating it', () => {
	const idNumber = "'Legal Representative ID Number' is not 18 characters: 17 digits, then a digit or X";
	const creditCode = "'Social Credit Code' is not 18 letters and digits";
	it.each([
		['legalPersonIdNumber', ID.slice(1), idNumber, 'Legal Representative ID Number'],
		['legalPersonIdNumber', `1${ID}`, idNumber, 'Legal Representative ID Number'],
		['legalPersonIdNumber', `${ID.slice(0, -1)}A`, idNumber, 'Legal Representative ID Number'],
		['socialCreditCode', '9'.repeat(17), creditCode, 'Social Credit Code'],
		['socialCreditCode', '9'.repeat(19), creditCode, 'Social Credit Code'],
		['remark', '好'.repeat(101), "'Remark' is not at most 100 characters", 'Remark'],
		['legalPersonName', ['张三'], "'Legal Representative' is not a text", 'Legal Representative'],
	])('%s: %j', async (name, value, message, label) => {
		await expect(read({}, { [name]: value })).rejects.toMatchObject({
			message,
			hint: `Correct '${label}', or remove it.`,
		});
	});

	it('but counts a remark in characters, not in bytes', async () => {
		expect(await read({}, { remark: '😀'.repeat(99) + '\n' })).toHaveLength(3);
		expect(await read({}, { remark: '😀'.repeat(100) })).toHaveLength(3);
	});
});

it.each([37001, '37001'])('reads the ID %j', (signatureId) => {
	expect(readSignatureIdField(readFrom({ signatureId }))).toBe(37001);
});

it.each([0, ''])('refuses the ID %j with where to find it', (signatureId) => {
	expect(() => readSignatureIdField(readFrom({ signatureId }))).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(/^'Signature ID' (must be|is empty)/) as string,
			hint: "Copy the ID from the Jiguang console (短信管理 > 签名管理) into 'Signature ID'.",
		}) as Error,
	);
});
