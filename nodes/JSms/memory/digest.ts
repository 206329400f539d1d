import { createHash } from 'node:crypto';

import { bodyText } from '../model/bodyText';
import type { ApiRequest } from '../model/request';

/** A short fingerprint of a request's content. */
export function digest({ method, path, body, form = [] }: ApiRequest): string {
	return fingerprint([
		`[${JSON.stringify(method)},${JSON.stringify(path)},${String(body && bodyText(body))}]`,
		...form.flatMap((part) => [part.field, 'bytes' in part ? part.bytes : part.text]),
	]);
}

/** A short fingerprint of something that comes in pieces. */
export function fingerprint(pieces: Iterable<string | Uint8Array>): string {
	const hash = createHash('sha256');
	for (const piece of pieces) hash.update(piece).update('\n');
	return hash.digest('hex').slice(0, 32);
}
