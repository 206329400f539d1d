import { oneOf } from './fields';
import { TAKEN, type Exchange } from '../exchange';
import { faultKind } from './kind';

/** Faults of the connection itself. */

/** Ends the connection with a reset (RST). */
function reset(exchange: Exchange) {
	exchange.takeOver();
	exchange.socket.resetAndDestroy();
	return TAKEN;
}

/** Ends the connection in an orderly way (FIN), without a byte of response. */
function hangUp(exchange: Exchange) {
	exchange.takeOver();
	exchange.socket.destroySoon();
	return TAKEN;
}

/** Keeps the connection open; the client or `close()` ends it. */
function neverAnswer(exchange: Exchange) {
	exchange.takeOver();
	return TAKEN;
}

export const connection = {
	resetBefore: faultKind({
		note: 'connection reset (RST), nothing accepted',
		accepts: false,
		fields: {},
		before: reset,
	}),
	resetAfter: faultKind({
		note: 'accepted, then connection reset (RST) before any byte of response',
		accepts: true,
		fields: {},
		after: reset,
	}),
	hangUpBefore: faultKind({
		note: 'connection closed (FIN) without a response, nothing accepted',
		accepts: false,
		fields: {},
		before: hangUp,
	}),
	hangUpAfter: faultKind({
		note: 'accepted, then connection closed (FIN) without a response',
		accepts: true,
		fields: {},
		after: hangUp,
	}),
	neverAnswer: faultKind({
		note: 'no response, connection kept open, nothing accepted',
		accepts: false,
		fields: {},
		before: neverAnswer,
	}),
	neverAnswerAfter: faultKind({
		note: 'accepted, then no response, connection kept open',
		accepts: true,
		fields: {},
		after: neverAnswer,
	}),
	truncate: faultKind({
		note: 'accepted; full Content-Length, half of the body, then the connection ends (`how`: `close` or `reset`)',
		accepts: true,
		fields: { how: oneOf(['close', 'reset']) },
		after: async (exchange, fault, response) => {
			const body = Buffer.from(exchange.textOf(response));
			const raw = exchange.takeOver(response.status);
			const { socket } = exchange;
			raw.writeHead(response.status, { 'content-type': 'application/json', 'content-length': body.length });
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
	}),
};
