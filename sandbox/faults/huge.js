'use strict';

const { Readable, pipeline } = require('node:stream');
const { promisify } = require('node:util');
const { gzipSync } = require('node:zlib');
const { whole } = require('./fields');
const { TAKEN } = require('../exchange');

/**
 * Faults of size: the true answer with a great deal in front of or behind it. They are valid JSON of the right
 * meaning, streamed in pieces, so the sandbox itself needs no memory for them.
 */

const pipe = promisify(pipeline);
const MEGABYTE = 1 << 20;

/**
 * Streams an answer and ignores that the client may leave in the middle.
 * @param {import('../exchange').Exchange} exchange
 * @param {import('../exchange').Answer} answer
 * @param {Iterable<string | Buffer>} pieces
 * @param {Record<string, string | number>} [headers]
 */
async function stream(exchange, answer, pieces, headers = {}) {
	const raw = exchange.takeOver(answer.status);
	raw.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
	await pipe(Readable.from(pieces, { objectMode: false }), raw).catch(() => {});
	return TAKEN;
}

/** @param {string} text a JSON object @param {string} first how a key put in front of its others begins */
const opened = (text, first) => [`{${first}`, text === '{}' ? '}' : `,${text.slice(1)}`];

/** @param {number} bytes */
function* filling(bytes) {
	const block = 'x'.repeat(MEGABYTE / 16);
	for (let left = bytes; left > 0; left -= block.length) yield left >= block.length ? block : block.slice(0, left);
}

/** @type {Record<string, import('./kinds').FaultKind>} */
module.exports = {
	hugeBody: {
		note: 'accepted; the real answer behind a padding key, `bytes` long in all',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"padding":"');
			const padding = Math.max(0, fault.bytes - Buffer.byteLength(start) - Buffer.byteLength(end) - 1);
			const length = Buffer.byteLength(start) + padding + 1 + Buffer.byteLength(end);
			/** @returns {Generator<string>} */
			function* pieces() {
				yield start;
				yield* filling(padding);
				yield `"${end}`;
			}
			return stream(exchange, answer, pieces(), { 'content-length': length });
		},
	},
	millionRows: {
		note: 'accepted; the true rows, then invented ones until there are `rows` (1000000). Without rows in the answer: a `recipients` list of that length',
		accepts: true,
		fields: { rows: whole(0, { default: 1000000 }) },
		after: (exchange, fault, answer) => {
			const { recipients = [], ...rest } = /** @type {any} */ (answer.body);
			/** @returns {Generator<string>} */
			function* pieces() {
				const [start, end] = opened(JSON.stringify(rest), '"recipients":[');
				yield start + recipients.map((/** @type {unknown} */ row) => JSON.stringify(row)).join(',');
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
	},
	deepNesting: {
		note: 'accepted; the real answer with a key in front that holds `depth` nested lists',
		accepts: true,
		fields: { depth: whole(1, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"deep":');
			return stream(exchange, answer, [`${start}${'['.repeat(fault.depth)}${']'.repeat(fault.depth)}${end}`]);
		},
	},
	gzipBomb: {
		note: 'accepted; `Content-Encoding: gzip`, a few kilobytes per megabyte that unpack to the real answer behind `bytes` of padding',
		accepts: true,
		fields: { bytes: whole(0, { required: true }) },
		after: (exchange, fault, answer) => {
			const [start, end] = opened(exchange.textOf(answer), '"padding":"');
			/** @returns {Generator<Buffer>} */
			function* pieces() {
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
	},
};
