'use strict';

const { Busboy } = require('@fastify/busboy');

/**
 * A form as the service takes it for signatures.
 * @typedef {{ fields: Record<string, string>, files: FormFile[] }} Form
 * @typedef {{ field: string, name: string, type: string, bytes: Buffer }} FormFile
 */

/**
 * Reads a multipart body. Headers are as odd as the official clients send them:
 * `multipart/form-data ; boundary=========7d4a6d158c9`.
 * @param {string | undefined} contentType
 * @param {unknown} body bytes
 * @returns {Promise<Form | undefined>} undefined: no form
 */
async function readForm(contentType, body) {
	if (!contentType || !Buffer.isBuffer(body)) return undefined;
	try {
		const parser = new Busboy({ headers: { 'content-type': contentType }, limits: { fileSize: 64 << 20 } });
		/** @type {Form} */
		const form = { fields: {}, files: [] };
		parser.on('field', (name, value) => {
			form.fields[name] = value;
		});
		parser.on('file', (field, stream, name, _encoding, type) => {
			/** @type {Buffer[]} */
			const parts = [];
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

module.exports = { readForm };
