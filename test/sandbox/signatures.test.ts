import { error, useSandbox, type ResponseBody } from './support';

const jsms = useSandbox();
const PNG = '\x89PNG\r\n\x1a\n';

/** A multipart body, byte by byte as a client writes it. */
type Part = [name: string, value: string, file?: string];
const multipart = (parts: Part[], boundary: string) =>
	Buffer.from(
		`${parts
			.map(([name, value, file]) => {
				const disposition = `form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}`;
				return `--${boundary}\r\nContent-Disposition: ${disposition}\r\n\r\n${value}\r\n`;
			})
			.join('')}--${boundary}--\r\n`,
		'latin1',
	);
const utf8 = (text: string) => Buffer.from(text).toString('latin1');
interface Client {
	path?: string;
	method?: string;
	boundary?: string;
	contentType?: string;
}
async function submit(parts: Part[], { path = '/sign', method = 'POST', boundary = 'x', contentType }: Client = {}) {
	const response = await fetch(jsms.sandbox.baseUrl + path, {
		method,
		body: multipart(parts, boundary),
		headers: {
			authorization: `Basic ${Buffer.from('exampleappkey00000000001:dummymastersecret0000001').toString('base64')}`,
			'content-type': contentType ?? `multipart/form-data; boundary=${boundary}`,
		},
	});
	return (await response.json()) as ResponseBody;
}
const SIGN: Part = ['sign', utf8('示例快递')];
const read = async (id: number) => (await jsms.api(`/sign/${id}`)).json;

test.each<[string, Client, Part[]]>([
	['a plain client', { contentType: 'multipart/form-data; boundary=x' }, [SIGN, ['image0', PNG, 'a.png']]],
	[
		"Java's client: blank before the semicolon, a boundary of equals signs, every picture called images",
		{ contentType: 'multipart/form-data ; boundary=========7d4a6d158c9', boundary: '========7d4a6d158c9' },
		[SIGN, ['type', '1'], ['images', PNG, 'a.png'], ['images', PNG, 'b.png']],
	],
	[
		"PHP's client: a slash at the end, empty parts for what is not set",
		{ path: '/sign/' },
		[SIGN, ['type', ''], ['remark', ''], ['image0', PNG, 'a.png'], ['image1', '', '']],
	],
	['a text without pictures', {}, [SIGN]],
])('takes the form of %s', async (_, options, parts) => {
	const { sign_id: id } = await submit(parts, options);
	expect(await read(id)).toEqual({ sign_id: id, sign: '示例快递', status: 0, is_default: 0, use_status: 0 });
});

test('a signature under review becomes approved or rejected; a rejected one can be changed by POST and by PUT', async () => {
	const { sign_id: id } = await submit([SIGN]);
	await jsms.control(`/signatures/${id}/review`, { method: 'POST', body: { status: 2, refuse_reason: '理由' } });
	expect(await read(id)).toMatchObject({ status: 2, use_status: 0 });
	expect(await submit([SIGN], { path: `/sign/${id}` })).toEqual({ sign_id: id });
	expect(await submit([SIGN], { path: `/sign/${id}` })).toEqual(error(50103, 'other signatures in the audit'));
	jsms.sandbox.review('signature', id, 2);
	expect(await submit([SIGN], { path: `/sign/${id}`, method: 'PUT' })).toEqual({ sign_id: id });
	jsms.sandbox.review('signature', id, 1);
	expect(await read(id)).toMatchObject({ status: 1, use_status: 1 });
	expect((await submit([SIGN], { path: `/sign/${id}` })).error.code).toBe(50104);
});

test('the review can end by itself after a delay', async () => {
	jsms.sandbox.settings.reviewDelayMs = 1000;
	const { sign_id: id } = await submit([SIGN]);
	jsms.sandbox.advance(1000);
	expect((await read(id)).status).toBe(1);
});

test('an approved signature can be used, and deleted; the answer to that is empty', async () => {
	const { sign_id: id } = await submit([SIGN]);
	jsms.sandbox.review('signature', id, 1);
	await jsms.post('/messages', { mobile: '13800000001', temp_id: 2002, sign_id: id });
	expect(jsms.sandbox.ledger[0].text).toMatch(/^【示例快递】/);
	const { status, text } = await jsms.api(`/sign/${id}`, { method: 'DELETE' });
	expect([status, text]).toEqual([200, '']);
	expect((await read(id)).error.code).toBe(50102);
});

test.each<[string, Part[], Client, number]>([
	['no form at all', [], { contentType: 'application/json' }, 50007],
	['no text', [['image0', PNG, 'a.png']], {}, 50104],
	['one character', [['sign', utf8('示')]], {}, 50104],
	['too long', [['sign', utf8('示'.repeat(17))]], {}, 50104],
	['an unknown type', [SIGN, ['type', '9']], {}, 50104],
	['a long remark', [SIGN, ['remark', 'x'.repeat(101)]], {}, 50045],
	['a picture that is none', [SIGN, ['image0', 'GIF89a', 'a.png']], {}, 50101],
	['a picture of more than 2 MB', [SIGN, ['image0', PNG + 'x'.repeat(2 * 1024 * 1024), 'a.png']], {}, 50101],
	['a picture in an unknown part', [SIGN, ['photo', PNG, 'a.png']], {}, 50101],
])('refuses %s', async (_, parts, options, code) => {
	expect((await submit(parts, options)).error.code).toBe(code);
	expect(jsms.sandbox.signatures.list()).toHaveLength(3);
});

describe('the form of 2025', () => {
	const whole: Part[] = [
		SIGN,
		['type', '1'],
		['legalPersonName', utf8('张三')],
		['legalPersonIdNumber', '11010119900101001X'],
		['socialCreditCode', '91110000000000000X'],
		['idCardImage', PNG, 'id.png'],
		['businessLicenseImage', PNG, 'licence.png'],
	];
	beforeEach(() => {
		jsms.sandbox.settings.signatureForm = '2025';
	});

	test('is taken when it is whole', async () => {
		const { sign_id: id } = await submit(whole);
		expect(jsms.sandbox.signatures.get(id)?.images).toEqual(['idCardImage', 'businessLicenseImage']);
	});

	test.each(whole.slice(1).map(([name]) => name))('is refused without %s', async (missing) => {
		const { error: refused } = await submit(whole.filter(([name]) => name !== missing));
		expect([50101, 50104]).toContain(refused.code);
	});
});
