'use strict';

const { oneOf } = require('./fields');
const { TAKEN } = require('../exchange');

/** Faults of the connection itself. */

/** Ends the connection with a reset (RST). @param {import('../exchange').Exchange} exchange */
function reset(exchange) {
	exchange.takeOver();
	exchange.socket.resetAndDestroy();
	return TAKEN;
}

/** Ends the connection in an orderly way (FIN), without a byte of answer. @param {import('../exchange').Exchange} exchange */
function hangUp(exchange) {
	exchange.takeOver();
	exchange.socket.destroySoon();
	return TAKEN;
}

/** Keeps the connection open; the client or `close()` ends it. @param {import('../exchange').Exchange} exchange */
function neverAnswer(exchange) {
	exchange.takeOver();
	return TAKEN;
}

/** @type {Record<string, import('./kinds').FaultKind>} */
module.exports = {
	resetBefore: { note: 'connection reset (RST), nothing accepted', accepts: false, fields: {}, before: reset },
	resetAfter: {
		note: 'accepted, then connection reset (RST) before any byte of answer',
		accepts: true,
		fields: {},
		after: reset,
	},
	hangUpBefore: {
		note: 'connection closed (FIN) without an answer, nothing accepted',
		accepts: false,
		fields: {},
		before: hangUp,
	},
	hangUpAfter: {
		note: 'accepted, then connection closed (FIN) without an answer',
		accepts: true,
		fields: {},
		after: hangUp,
	},
	neverAnswer: {
		note: 'no answer, connection kept open, nothing accepted',
		accepts: false,
		fields: {},
		before: neverAnswer,
	},
	neverAnswerAfter: {
		note: 'accepted, then no answer, connection kept open',
		accepts: true,
		fields: {},
		after: neverAnswer,
	},
	truncate: {
		note: 'accepted; full Content-Length, half of the body, then the connection ends (`how`: `close` or `reset`)',
		accepts: true,
		fields: { how: oneOf(['close', 'reset']) },
		after: async (exchange, fault, answer) => {
			const body = Buffer.from(exchange.textOf(answer));
			const raw = exchange.takeOver(answer.status);
			const { socket } = exchange;
			raw.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length });
			await new Promise((resolve) => raw.write(body.subarray(0, Math.ceil(body.length / 2)), resolve));
			if (fault.how === 'reset') {
				// A reset on the heels of the bytes would look like an orderly end to a client that has not read them yet.
				await exchange.wait(20);
				socket.resetAndDestroy();
			} else {
				socket.destroySoon();
			}
			return TAKEN;
		},
	},
};
