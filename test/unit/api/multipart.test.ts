import { boundaryFor, toMultipart } from '../../../nodes/JSms/api/multipart';
import { type FormPart } from '../../../nodes/JSms/model/request';

const png: FormPart = {
	field: 'image0',
	fileName: '执照.png',
	mimeType: 'image/png',
	bytes: Buffer.from([0x89, 13, 10, 0]),
};

it('writes texts and files as browsers do', () => {
	expect(toMultipart([{ field: 'sign', text: '示例\r\n' }, png], 'x').toString('latin1')).toBe(
		Buffer.concat([
			Buffer.from('--x\r\nContent-Disposition: form-data; name="sign"\r\n\r\n示例\r\n\r\n'),
			Buffer.from(
				'--x\r\nContent-Disposition: form-data; name="image0"; filename="执照.png"\r\nContent-Type: image/png\r\n\r\n',
			),
			Buffer.from([0x89, 13, 10, 0]),
			Buffer.from('\r\n--x--\r\n'),
		]).toString('latin1'),
	);
});

it('lets no name end a header', () => {
	const text = toMultipart([{ ...png, field: 'a"b', fileName: 'a"\r\nX-Evil: 1.png' } as FormPart], 'x').toString();
	expect(text).toContain('name="a%22b"; filename="a%22%0D%0AX-Evil: 1.png"\r\nContent-Type');
});

it('ends a form without parts', () => {
	expect(toMultipart([], 'x').toString()).toBe('--x--\r\n');
});

it('is read by a parser of the platform as it was meant', async () => {
	const parts: FormPart[] = [{ field: 'sign', text: '示例\r\n--科技' }, png];
	const boundary = boundaryFor(parts);
	const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
	const form = await new Response(new Uint8Array(toMultipart(parts, boundary)), { headers }).formData();
	expect(form.get('sign')).toBe('示例\r\n--科技');
	const file = form.get('image0') as File;
	expect([file.name, file.type, Buffer.from(await file.arrayBuffer())]).toEqual([
		'执照.png',
		'image/png',
		Buffer.from([0x89, 13, 10, 0]),
	]);
});

it('takes another boundary when a part holds the first', () => {
	const numbers = [...Array<number>(24).fill(0), ...Array<number>(24).fill(0.99)];
	const random = () => numbers.shift() ?? 0;
	const taken = `jsms-form-${'0'.repeat(24)}`;
	expect(boundaryFor([{ field: 'sign', text: `a ${taken}` }], random)).toBe(`jsms-form-${'z'.repeat(24)}`);
	const again = [...Array<number>(24).fill(0), ...Array<number>(24).fill(0.99)];
	const both: FormPart[] = [{ field: 'a', text: 'free' }, { ...png, bytes: Buffer.from(taken) } as FormPart];
	expect(boundaryFor(both, () => again.shift() ?? 0)).toBe(`jsms-form-${'z'.repeat(24)}`);
	expect(boundaryFor([{ ...png, bytes: Buffer.from(taken) } as FormPart], () => 0.5)).toBe(
		`jsms-form-${'i'.repeat(24)}`,
	);
});
