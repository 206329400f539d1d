import { Readable, pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { whole } from './fields';
import { TAKEN, type Exchange, type Answer } from '../exchange';
import { faultKind } from './kind';

/**
 * Faults of size: the true answer with a great deal in front of or behind it. They are valid JSON of the right
 * meaning, streamed in pieces, so the sandbox itself needs no memory for them.
 */

const pipe = promisify(pipeline);
const MEGABYTE = 1 << 20;

/** Streams an answer and ignores that the client may leave in the middle. */
async function stream(
	exchange: Exchange,
	answer: Answer,
	pieces: Iterable<string | Buffer>,
	headers: Record<string, string | number> = {},
) {
	const raw = exchange.takeOver(answer.status);
	raw.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
	await pipe(Readable.from(pieces, { objectMode: false }), raw).catch(() => {});
	return TAKEN;
}

/**
 * @param text a JSON object
 * @param first how a key put in front of its others begins
 */
const opened = (text: string, first: string) => [`{${first}`, text === '{}' ? '}' : `,${text.slice(1)}`];

function* filling(bytes: number) {
	const block = 'x'.repeat(MEGABYTE / 16);
	for (let left = bytes; left > 0; left -= block.length) yield left >= block.length ? block : block.slice(0, left);
}

export const huge = {
	hugeBody: faultKind({
		note: 'accepted; the real answer behind a padding key, `bytes` long in all',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"padding":"');
			const padding = Math.max(0, fault.bytes - Buffer.byteLength(start) - Buffer.byteLength(end) - 1);
			const length = Buffer.byteLength(start) + padding + 1 + Buffer.byteLength(end);
			function* pieces(): Generator<string> {
				yield start;
				yield* filling(padding);
				yield `"${end}`;
			}
			return stream(exchange, answer, pieces(), { 'content-length': length });
		},
	}),
	millionRows: faultKind({
		note: 'accepted; the true rows, then invented ones until there are `rows` (1000000). Without rows in the answer: a `recipients` list of that length',
		accepts: true,
		fields: { rows: whole(0, { default: 1000000 }) },
		after: (exchange, fault, answer) => {
			const { recipients = [], ...rest } = answer.body as { recipients?: unknown[] };
			function* pieces(): Generator<string> {
				const [start, end] = opened(JSON.stringify(rest), '"recipients":[');
				yield start + recipients.map((row) => JSON.stringify(row)).join(',');
				for (let row = recipients.length; row < fault.rows; row += 1000) {
					let block = '';
					for (let index = row; index < Math.min(row + 1000, fault.rows); index++) {
						block += `${index === 0 ? '' : ','}{"msg_id":"${999000000000 + index}","mobile":"${19000000000 + index}"}`;
					}
					yield block;
				}
				yield `]${end}`;
			}
			return stream(exchange, answer, pieces());
		},
	}),
	deepNesting: faultKind({
		note: 'accepted; the real answer with a key in front that holds `depth` nested lists',
		accepts: true,
		fields: { depth: whole(1, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"deep":');
			return stream(exchange, answer, [`${start}${'['.repeat(fault.depth)}${']'.repeat(fault.depth)}${end}`]);
		},
	}),
	gzipBomb: faultKind({
		note: 'accepted; `Content-Encoding: gzip`, a few kilobytes per megabyte that unpack to the real answer behind `bytes` of padding',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"padding":"');
			function* pieces(): Generator<Buffer> {
				yield gzipSync(start);
				// gzip members may be strung together: the megabyte in the middle is packed once and sent many times.
				const megabyte = gzipSync('x'.repeat(MEGABYTE));
				for (let left = fault.bytes; left > 0; left -= MEGABYTE) {
					yield left >= MEGABYTE ? megabyte : gzipSync('x'.repeat(left));
				}
				yield gzipSync(`"${end}`);
			}
			return stream(exchange, answer, pieces(), { 'content-encoding': 'gzip' });
		},
	}),
};
