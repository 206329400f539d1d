import type { Reply } from '../receipts';
import type { State } from '../state';
import { Addresses, checkAddress, checkKind, KINDS, readAddress, TYPES, type Kind } from './addresses';
import { Deliveries, until } from './deliveries';
import { TEST_DATA } from './form';
import { CallbackLog } from './log';

/** The callbacks of the service: who is called back where, what is to be told, and what was. */
export class Callbacks {
	readonly addresses = new Addresses();
	readonly log: CallbackLog;
	readonly deliveries: Deliveries;

	constructor(private readonly state: State) {
		this.log = new CallbackLog(state.settings);
		this.deliveries = new Deliveries(state, this.addresses, this.log);
	}

	/** Every call that was made; the same array for the life of the sandbox. */
	get entries() {
		return this.log.entries;
	}

	reset() {
		this.deliveries.reset();
		this.addresses.reset();
		this.log.reset();
	}

	/** Whether an application is called back for this kind. */
	has(appKey: string, kind: Kind) {
		return this.addresses.of(appKey, kind) !== undefined;
	}

	/** The addresses of all applications that have any. */
	list() {
		return this.addresses.list();
	}

	/**
	 * Sets the address of an application after the check the console makes, or takes it away.
	 * @param url null: is called back no more
	 * @param options default: the first application, all kinds
	 * @throws {TypeError} a sentence, when the check fails too; nothing is changed then
	 */
	async set(
		url: string | null,
		{ appKey = this.state.firstKey(), kinds = KINDS }: { appKey?: string; kinds?: readonly string[] } = {},
	) {
		const { state, addresses, deliveries } = this;
		if (!state.accounts.applications.get(appKey)) throw new TypeError(`There is no application "${appKey}".`);
		const checked = kinds.map(checkKind);
		const { stopped } = deliveries;
		if (url !== null) {
			await checkAddress(readAddress(url, state.settings), until(stopped, state.settings.callbackTimeoutMs));
		}
		if (stopped.aborted) return;
		for (const kind of checked) {
			if (url === null && this.has(appKey, kind)) deliveries.handOver(appKey, kind);
			if (url !== null && kind === 'report' && !this.has(appKey, kind)) deliveries.beginReports(appKey);
			addresses.put(appKey, kind, url);
		}
		state.changed();
		deliveries.work();
	}

	/** A reply came in. */
	replied(appKey: string, { phone, replyTime, content }: Reply) {
		this.deliveries.add(appKey, 'reply', { phone, replyTime, content });
	}

	/** A review has ended: the application that the template or signature belongs to is told. */
	reviewed(appKey: string, kind: 'template' | 'signature', id: number, status: 1 | 2, refuseReason: string | null) {
		if (kind === 'template') this.deliveries.add(appKey, 'template', { tempId: id, status, refuseReason });
		else this.deliveries.add(appKey, 'sign', { signId: id, status, refuseReason });
	}

	/**
	 * The test button of the console: fixed data.
	 * @param appKey default: the first application
	 */
	test(given: string, appKey: string = this.state.firstKey()) {
		const kind = checkKind(given);
		if (!this.has(appKey, kind)) throw new TypeError(`The application "${appKey}" has no address for "${kind}".`);
		this.deliveries.add(appKey, kind, TEST_DATA[TYPES[kind]]);
		this.deliveries.work();
	}
}
