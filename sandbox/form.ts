import { Busboy } from '@fastify/busboy';

/** A form as the service takes it for signatures. */

export type Form = { fields: Record<string, string>; files: FormFile[] };

export type FormFile = { field: string; name: string; type: string; bytes: Buffer };

/**
 * Reads a multipart body. Headers are as odd as the official clients send them:
 * `multipart/form-data ; boundary=========7d4a6d158c9`.
 * @param body bytes
 * @returns undefined: no form
 */
export async function readForm(contentType: string | undefined, body: unknown): Promise<Form | undefined> {
	if (!contentType || !Buffer.isBuffer(body)) return undefined;
	try {
		const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { fileSize: 64 << 20 } });
		const form: Form = { fields: {}, files: [] };
		parser.on('field', (name, value) => {
			form.fields[name] = value;
		});
		parser.on('file', (field, stream, name, _encoding, type) => {
			const parts: Buffer[] = [];
			stream.on('data', (part) => parts.push(part));
			stream.on('end', () => form.files.push({ field, name: name ?? '', type, bytes: Buffer.concat(parts) }));
		});
		await new Promise((resolve, reject) => {
			parser.on('finish', () => resolve(undefined));
			parser.on('error', reject);
			parser.end(body);
		});
		return form;
	} catch {
		return undefined;
	}
}
