import { setMaxListeners } from 'node:events';

import { State } from './state';
import { createServer, PREFIX } from './server';
import type { Settings } from './settings';
import type { LedgerEntry } from './ledger';
import type { RecordedRequest } from './requests';
import type { AccountStore, Store } from './stores';
import type { Signature, Template } from './seed';
import type { Fault, FaultRequest } from './faults/queue';
import type { Schedules } from './schedules';
import type { Receipts } from './receipts';
import type { Callbacks } from './callbacks';
import type { Socket } from 'node:net';

/** A running sandbox. */
export interface Sandbox {
	/** the inbox page, control calls below /_sandbox/ */
	url: string;
	/** what a client takes for the service: `${url}/v1` */
	baseUrl: string;
	/** every accepted message; the same array for the life of the sandbox */
	ledger: LedgerEntry[];
	/** calls under /v1; the same array too */
	requests: RecordedRequest[];
	/** queues faults (README.md lists them) */
	fault: (fault: FaultRequest | FaultRequest[]) => void;
	clearFaults: () => void;
	/** the ones still waiting */
	faults: readonly Fault[];
	/** live switches; unknown names and values throw */
	settings: Settings;
	/** get(key), patch(key, changes), list() */
	accounts: AccountStore;
	/** of the first application: get(id), put(record), patch(id, changes), delete(id), list() */
	templates: Store<Template>;
	/** of the first application, the same methods */
	signatures: Store<Signature>;
	/** those of another application */
	templatesOf: (appKey: string) => Store<Template>;
	signaturesOf: (appKey: string) => Store<Signature>;
	/** get(id), list() */
	schedules: Schedules;
	/** reportOf(ledger entry), replies */
	receipts: Receipts;
	/** somebody answers an SMS */
	reply: (phone: string, content: string, appKey?: string) => void;
	/** approves (1) or rejects (2) */
	review: (kind: 'template' | 'signature', id: number, status: 1 | 2, reason?: string, appKey?: string) => void;
	/** set(url, { appKey, kinds }), test(kind, appKey), list(), entries, log.aboutMessage(msgId) */
	callbacks: Callbacks;
	/** ms since 1970 on the sandbox's clock */
	now: () => number;
	/** moves that clock forward */
	advance: (ms: number) => void;
	/** everything back to the start */
	reset: () => void;
	/** ends all connections at once, open ones too */
	close: () => Promise<void>;
}

export interface SandboxOptions {
	/** 0 (default) takes a free one */
	port?: number;
	/** default: 127.0.0.1 */
	host?: string;
	/** that differ from the defaults, also after a reset */
	settings?: Partial<Settings>;
}

/** Starts a local JSMS. */
export async function startSandbox({
	port = 0,
	host = '127.0.0.1',
	settings = {},
}: SandboxOptions = {}): Promise<Sandbox> {
	const state = new State(settings);
	const closing = new AbortController();
	// Every request that waits listens to it; hundreds at once are meant.
	setMaxListeners(0, closing.signal);
	const app = createServer(state, closing.signal);
	const sockets = new Set<Socket>();
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
			state.callbacks.deliveries.stop();
			for (const socket of sockets) socket.destroy();
			await app.close();
		},
	};
}
