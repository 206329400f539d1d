import type { FormPart } from '../model/request';

/**
 * Writes a form as `multipart/form-data` (RFC 7578). Names are written as browsers do it: UTF-8, with quotes and line breaks
 * escaped, so that none of them can end a header.
 *
 * @param parts    in their order
 * @param boundary a line that occurs in no part; `boundaryFor` makes one
 */
export function toMultipart(parts: readonly FormPart[], boundary: string): Buffer {
	const pieces = parts.flatMap((part) => {
		const file = 'bytes' in part ? `; filename="${escaped(part.fileName)}"\r\nContent-Type: ${part.mimeType}` : '';
		const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(part.field)}"${file}\r\n\r\n`;
		return [Buffer.from(head), 'bytes' in part ? part.bytes : Buffer.from(part.text), Buffer.from('\r\n')];
	});
	return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/**
 * A boundary that occurs in none of the parts.
 * @param random gives a number from 0 to 1
 */
export function boundaryFor(parts: readonly FormPart[], random: () => number = Math.random): string {
	for (;;) {
		const digits = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36));
		const boundary = `jsms-form-${digits.join('')}`;
		if (!parts.some((part) => holds(part, boundary))) return boundary;
	}
}

function holds(part: FormPart, text: string): boolean {
	return 'bytes' in part ? Buffer.from(part.bytes).includes(text) : part.text.includes(text);
}

function escaped(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
