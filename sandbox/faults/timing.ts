import { whole } from './fields';
import { TAKEN } from '../exchange';
import { faultKind } from './kind';

/** Faults of time. A client that gives up meanwhile changes nothing: the service cannot know. */

export const timing = {
	delay: faultKind({
		note: 'waits `ms` before the request is worked off; it is accepted even if the client has gone by then',
		accepts: true,
		fields: { ms: whole(0, { required: true }) },
		before: async (exchange, fault) => {
			await exchange.wait(fault.ms);
			return undefined;
		},
	}),
	delayAfterAccepting: faultKind({
		note: 'carries out the request at once and waits `ms` before it responds',
		accepts: true,
		fields: { ms: whole(0, { required: true }) },
		after: async (exchange, fault, response) => {
			await exchange.wait(fault.ms);
			return response;
		},
	}),
	slowDrip: faultKind({
		note: 'accepted; the real response, but only `bytesPerSecond` of it each second',
		accepts: true,
		fields: { bytesPerSecond: whole(1, { required: true }) },
		after: async (exchange, fault, response) => {
			const body = Buffer.from(exchange.textOf(response));
			const raw = exchange.takeOver(response.status);
			raw.writeHead(response.status, { 'content-type': 'application/json', 'content-length': body.length });
			// At most twenty pieces a second: more would only cost time.
			const piece = Math.max(1, Math.ceil(fault.bytesPerSecond / 20));
			const pause = (1000 * piece) / fault.bytesPerSecond;
			for (let sent = 0; sent < body.length && !raw.destroyed; sent += piece) {
				if (sent > 0) await exchange.wait(pause);
				raw.write(body.subarray(sent, sent + piece));
			}
			raw.end();
			return TAKEN;
		},
	}),
};
