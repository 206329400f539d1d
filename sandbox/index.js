'use strict';

const { setMaxListeners } = require('node:events');

const { State } = require('./state');
const { createServer, PREFIX } = require('./server');

/**
 * A running sandbox.
 * @typedef {object} Sandbox
 * @property {string} url the inbox page, control calls below /_sandbox/
 * @property {string} baseUrl what a client takes for the service: `${url}/v1`
 * @property {import('./ledger').LedgerEntry[]} ledger every accepted message; the same array for the life of the sandbox
 * @property {import('./requests').RecordedRequest[]} requests calls under /v1; the same array too
 * @property {(fault: Record<string, any> | Record<string, any>[]) => void} fault queues faults (README.md lists them)
 * @property {() => void} clearFaults
 * @property {readonly Record<string, any>[]} faults the ones still waiting
 * @property {import('./settings').Settings} settings live switches; unknown names and values throw
 * @property {import('./stores').AccountStore} accounts get(key), patch(key, changes), list()
 * @property {import('./stores').TemplateStore} templates of the first application: get(id), put(record), patch(id, changes), delete(id), list()
 * @property {import('./stores').Store<import('./seed').Signature>} signatures of the first application, the same methods
 * @property {(appKey: string) => import('./stores').TemplateStore} templatesOf those of another application
 * @property {(appKey: string) => import('./stores').Store<import('./seed').Signature>} signaturesOf
 * @property {import('./schedules').Schedules} schedules get(id), list()
 * @property {import('./receipts').Receipts} receipts reportOf(ledger entry), replies
 * @property {(phone: string, content: string, appKey?: string) => void} reply somebody answers an SMS
 * @property {(kind: 'template' | 'signature', id: number, status: 1 | 2, reason?: string, appKey?: string) => void} review approves (1) or rejects (2)
 * @property {import('./callbacks').Callbacks} callbacks set(url, { appKey, kinds }), test(kind, appKey), list(), entries, aboutMessage(msgId)
 * @property {() => number} now ms since 1970 on the sandbox's clock
 * @property {(ms: number) => void} advance moves that clock forward
 * @property {() => void} reset everything back to the start
 * @property {() => Promise<void>} close ends all connections at once, open ones too
 */

/**
 * Starts a local JSMS.
 * @param {object} [options]
 * @param {number} [options.port] 0 (default) takes a free one
 * @param {string} [options.host] default 127.0.0.1
 * @param {Partial<import('./settings').Settings>} [options.settings] differing from the defaults, also after a reset
 * @returns {Promise<Sandbox>}
 */
async function startSandbox({ port = 0, host = '127.0.0.1', settings = {} } = {}) {
	const state = new State(settings);
	const closing = new AbortController();
	// Every request that waits listens to it; hundreds at once are meant.
	setMaxListeners(0, closing.signal);
	const app = createServer(state, closing.signal);
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	app.server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	const url = await app.listen({ port, host });

	return {
		url,
		baseUrl: url + PREFIX,
		ledger: state.ledger.entries,
		requests: state.requests.entries,
		fault: (fault) => state.faults.add(fault),
		clearFaults: () => state.faults.reset(),
		faults: state.faults.waiting,
		settings: state.switches.live,
		accounts: state.accounts,
		templates: state.templates.of(),
		signatures: state.signatures.of(),
		templatesOf: (appKey) => state.templates.of(appKey),
		signaturesOf: (appKey) => state.signatures.of(appKey),
		schedules: state.schedules,
		receipts: state.receipts,
		reply: (phone, content, appKey) => state.reply(phone, content, appKey),
		review: (kind, id, status, reason, appKey) => void state.review(kind, id, status, reason, appKey),
		callbacks: state.callbacks,
		now: () => state.now(),
		advance: (ms) => state.advance(ms),
		reset: () => state.reset(),
		async close() {
			closing.abort();
			state.schedules.stop();
			state.callbacks.stop();
			for (const socket of sockets) socket.destroy();
			await app.close();
		},
	};
}

module.exports = { startSandbox };
