import { Readable, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { whole } from './fields';
import { TAKEN, type Exchange, type ServiceResponse } from '../exchange';
import { isObject } from '../json';
import { faultKind } from './kind';

/**
 * Faults of size: the true response with a great deal in front of or behind it. They are valid JSON of the right
 * meaning, streamed in pieces, so the sandbox itself needs no memory for them.
 */

const pipe = promisify(pipeline);
const MEGABYTE = 1 << 20;

/** Streams a response and ignores that the client may leave in the middle. */
async function stream(
	exchange: Exchange,
	response: ServiceResponse,
	pieces: Iterable<string | Buffer>,
	headers: Record<string, string | number> = {},
) {
	const raw = exchange.takeOver(response.status);
	raw.writeHead(response.status, { 'content-type': 'application/json', ...headers });
	await pipe(Readable.from(pieces, { objectMode: false }), raw).catch(() => {});
	return TAKEN;
}

/**
 * Room for a value in front of all that a response holds: as a key of an object, or as an entry of a list. A response that holds
 * nothing becomes an object.
 * @returns the JSON before and after the value
 */
function roomIn(body: unknown, key: string): [before: string, after: string] {
	if (Array.isArray(body)) return ['[', body.length === 0 ? ']' : `,${JSON.stringify(body).slice(1)}`];
	const isEmpty = !isObject(body) || Object.keys(body).length === 0;
	return [`{"${key}":`, isEmpty ? '}' : `,${JSON.stringify(body).slice(1)}`];
}

function* filling(bytes: number) {
	const block = 'x'.repeat(MEGABYTE / 16);
	for (let left = bytes; left > 0; left -= block.length) yield left >= block.length ? block : block.slice(0, left);
}

export const huge = {
	hugeBody: faultKind({
		note: 'accepted; the real response behind a padding key (in a list: entry), `bytes` long in all',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, response) => {
			const [before, after] = roomIn(response.body, 'padding');
			const others = Buffer.byteLength(`${before}""${after}`);
			const padding = Math.max(0, fault.bytes - others);
			const length = others + padding;
			function* pieces(): Generator<string> {
				yield `${before}"`;
				yield* filling(padding);
				yield `"${after}`;
			}
			return stream(exchange, response, pieces(), { 'content-length': length });
		},
	}),
	millionRows: faultKind({
		note: 'accepted; the true rows, or the entries of a list, then invented ones until there are `rows` (1000000). Without either: a `recipients` list of that length',
		accepts: true,
		fields: { rows: whole(0, { default: 1000000 }) },
		after: (exchange, fault, response) => {
			const isList = Array.isArray(response.body);
			const { recipients, ...rest }: Record<string, unknown> = isObject(response.body) ? response.body : {};
			const records: unknown[] = isList ? (response.body as unknown[]) : Array.isArray(recipients) ? recipients : [];
			const [before, after] = isList ? ['', ''] : roomIn(rest, 'recipients');
			function* pieces(): Generator<string> {
				yield `${before}[${records.map((record) => JSON.stringify(record)).join(',')}`;
				for (let row = records.length; row < fault.rows; row += 1000) {
					let block = '';
					for (let index = row; index < Math.min(row + 1000, fault.rows); index++) {
						block += `${index === 0 ? '' : ','}{"msg_id":"${999000000000 + index}","mobile":"${19000000000 + index}"}`;
					}
					yield block;
				}
				yield `]${after}`;
			}
			return stream(exchange, response, pieces());
		},
	}),
	deepNesting: faultKind({
		note: 'accepted; the real response with a key (in a list: an entry) in front that holds `depth` nested lists',
		accepts: true,
		fields: { depth: whole(1, { required: true }) },
		after: (exchange, fault, response) => {
			const [before, after] = roomIn(response.body, 'deep');
			return stream(exchange, response, [`${before}${'['.repeat(fault.depth)}${']'.repeat(fault.depth)}${after}`]);
		},
	}),
	gzipBomb: faultKind({
		note: 'accepted; `Content-Encoding: gzip`, a few kilobytes per megabyte that unpack to the real response behind `bytes` of padding',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, response) => {
			const [before, after] = roomIn(response.body, 'padding');
			function* pieces(): Generator<Buffer> {
				yield gzipSync(`${before}"`);
				// gzip members may be strung together: the megabyte in the middle is packed once and sent many times.
				const megabyte = gzipSync('x'.repeat(MEGABYTE));
				for (let left = fault.bytes; left > 0; left -= MEGABYTE) {
					yield left >= MEGABYTE ? megabyte : gzipSync('x'.repeat(left));
				}
				yield gzipSync(`"${after}`);
			}
			return stream(exchange, response, pieces(), { 'content-encoding': 'gzip' });
		},
	}),
};
