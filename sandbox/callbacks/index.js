'use strict';

const { setMaxListeners } = require('node:events');
const { stamp, formOf, TEST_DATA } = require('./form');
const { TYPES, KINDS, readAddress, checkAddress, reasonOf } = require('./addresses');

/**
 * Calls applications back: reports, replies and results of reviews, one a call, at least once. Reports are worked out from
 * the ledger when their turn comes, so sending pays nothing for them.
 *
 * @typedef {import('./addresses').Kind} Kind
 *
 * @typedef {object} Delivery something that is to be told
 * @property {string} appKey
 * @property {Kind} kind
 * @property {string} data JSON
 * @property {number} tries so far
 * @property {number} due ms since 1970 on the sandbox's clock
 * @property {import('./form').Stamp} [stamped] of the first try
 *
 * @typedef {object} CallbackTry one call as it went
 * @property {number} number 1, 2, 3 ... since the last reset
 * @property {string} app_key
 * @property {import('./form').Type} type
 * @property {any} data
 * @property {string} url
 * @property {number} attempt 1: the first; 2 to 4: repeats
 * @property {number} at ms since 1970 on the sandbox's clock
 * @property {number | null} status of the answer; null: none (yet)
 * @property {'sending' | 'taken' | 'repeats' | 'given up'} state
 * @property {string} [error] why there was no answer
 * @property {number} [repeats_at] ms since 1970 on the sandbox's clock, of one that repeats
 * @property {number} revision grows with every change of any call
 */

/** Longest pause of a timer. */
const MAX_PAUSE = 2 ** 31 - 1;

class Callbacks {
	/** @param {import('../state').State} state */
	constructor(state) {
		this.state = state;
		this.settings = state.settings;
		/** @type {CallbackTry[]} the same array for the life of the sandbox */
		this.entries = [];
		/** @type {Map<string, Partial<Record<Kind, string>>>} by appKey */
		this.addresses = new Map();
		/** @type {Map<string, number>} by appKey: how far the ledger was read */
		this.readUpTo = new Map();
		/** @type {NodeJS.Timeout | undefined} */
		this.timer = undefined;
		this.working = false;
		this.begin();
	}

	begin() {
		this.stopping = new AbortController();
		// Every call that is under way listens to it.
		setMaxListeners(0, this.stopping.signal);
		this.count = 0;
		this.revision = 0;
		this.running = 0;
		/** @type {Map<string, CallbackTry>} by `subjectOf` */
		this.latest = new Map();
		/** @type {Delivery[]} first tries of all but reports */
		this.waiting = [];
		/** @type {Delivery[][]} by the number of tries; each list is in order of time, for all of it waits equally long */
		this.repeats = [];
	}

	/** Ends everything at once, calls under way too. */
	stop() {
		clearTimeout(this.timer);
		this.stopping.abort();
	}

	reset() {
		this.stop();
		this.entries.length = 0;
		this.addresses.clear();
		this.readUpTo.clear();
		this.begin();
	}

	/** Whether an application is called back for this kind. @param {string} appKey @param {Kind} kind */
	has(appKey, kind) {
		return this.addresses.get(appKey)?.[kind] !== undefined;
	}

	/** The addresses of all applications that have any. */
	list() {
		return [...this.addresses].map(([appKey, addresses]) => ({ app_key: appKey, ...addresses }));
	}

	/**
	 * Sets the address of an application after the check the console makes, or takes it away.
	 * @param {string | null} url null: is called back no more
	 * @param {{ appKey?: string, kinds?: readonly Kind[] }} [options] default: the first application, all kinds
	 * @throws {TypeError} a sentence, when the check fails too; nothing is changed then
	 */
	async set(url, { appKey = this.state.firstKey(), kinds = KINDS } = {}) {
		if (!this.state.accounts.applications.get(appKey)) throw new TypeError(`There is no application "${appKey}".`);
		for (const kind of kinds) {
			if (!KINDS.includes(kind)) throw new TypeError(`There is no kind "${kind}". Known: ${KINDS.join(', ')}.`);
		}
		const { signal } = this.stopping;
		if (url !== null) await checkAddress(readAddress(url, this.settings), this.until(signal));
		if (signal.aborted) return;
		const addresses = { ...this.addresses.get(appKey) };
		for (const kind of kinds) {
			if (url === null) {
				if (addresses[kind] !== undefined) this.handOver(appKey, kind);
				delete addresses[kind];
			} else {
				if (kind === 'report' && addresses.report === undefined) this.readUpTo.set(appKey, this.firstUnreported());
				addresses[kind] = url;
			}
		}
		if (Object.keys(addresses).length > 0) this.addresses.set(appKey, addresses);
		else this.addresses.delete(appKey);
		this.state.changed();
		this.work();
	}

	/** Position of the first message whose report has not come into being yet: the ones before are for pulling. */
	firstUnreported() {
		const { ledger, receipts } = this.state;
		let at = ledger.entries.length;
		while (at > 0 && !receipts.reportOf(ledger.entries[at - 1])) at--;
		return at;
	}

	/** From here on the records are for pulling again, but not those that were told. @param {string} appKey @param {Kind} kind */
	handOver(appKey, kind) {
		const { receipts } = this.state;
		if (kind === 'report') receipts.skipTo('report', appKey, this.readUpTo.get(appKey) ?? 0);
		if (kind === 'reply') receipts.skipTo('reply', appKey, receipts.replies.length);
	}

	/** A reply came in. @param {string} appKey @param {import('../receipts').Reply} reply */
	replied(appKey, { phone, replyTime, content }) {
		this.tell(appKey, 'reply', { phone, replyTime, content });
	}

	/**
	 * A review has ended: the application that the template or signature belongs to is told.
	 * @param {string} appKey
	 * @param {'template' | 'signature'} kind
	 * @param {number} id
	 * @param {1 | 2} status
	 * @param {string | null} refuseReason
	 */
	reviewed(appKey, kind, id, status, refuseReason) {
		if (kind === 'template') this.tell(appKey, 'template', { tempId: id, status, refuseReason });
		else this.tell(appKey, 'sign', { signId: id, status, refuseReason });
	}

	/**
	 * The test button of the console: fixed data.
	 * @param {Kind} kind
	 * @param {string} [appKey] default: the first application
	 */
	test(kind, appKey = this.state.firstKey()) {
		if (!KINDS.includes(kind)) throw new TypeError(`There is no kind "${kind}". Known: ${KINDS.join(', ')}.`);
		if (!this.has(appKey, kind)) throw new TypeError(`The application "${appKey}" has no address for "${kind}".`);
		this.tell(appKey, kind, TEST_DATA[TYPES[kind]]);
		this.work();
	}

	/** Calls that told about a message, first try first. @param {string} msgId */
	aboutMessage(msgId) {
		return this.entries.filter(({ data }) => data.msgId === msgId);
	}

	/** The last call about a message or a reply, for the inbox. @param {{ msgId: string } | import('../receipts').Reply} record */
	lastAbout(record) {
		const last = this.latest.get(subjectOf(record));
		return last && shownCall(last);
	}

	/** Calls that changed since. @param {number} revision */
	changedSince(revision) {
		return this.entries.filter((entry) => entry.revision > revision).map(shownCall);
	}

	/** @param {string} appKey @param {Kind} kind @param {unknown} data */
	tell(appKey, kind, data) {
		if (!this.has(appKey, kind)) return;
		this.waiting.push({ appKey, kind, data: JSON.stringify(data), tries: 0, due: this.state.now() });
	}

	/** Sends what is due, as much of it at once as the setting lets, and waits for what comes next. */
	work() {
		if (this.working || this.addresses.size === 0 || this.stopping.signal.aborted) return;
		this.working = true;
		clearTimeout(this.timer);
		this.state.tick();
		let wake = this.state.reviews.nextDue();
		while (this.running < this.settings.callbacksAtOnce) {
			const next = this.next();
			if (typeof next === 'number') {
				wake = Math.min(wake, next);
				break;
			}
			void this.send(next);
		}
		this.working = false;
		if (wake === Infinity) return;
		this.timer = setTimeout(() => this.work(), Math.min(Math.max(wake - this.state.now(), 0), MAX_PAUSE));
		// A sandbox that nobody closed must not keep its process alive for a callback.
		this.timer.unref();
	}

	/** @returns {Delivery | number} what is to be sent now; a number: when there is something; Infinity: nothing is known of */
	next() {
		const now = this.state.now();
		let wake = Infinity;
		for (const list of this.repeats) {
			if (!list?.length) continue;
			if (list[0].due <= now) return /** @type {Delivery} */ (list.shift());
			wake = Math.min(wake, list[0].due);
		}
		const waiting = this.waiting.shift();
		if (waiting) return waiting;
		for (const [appKey, { report }] of this.addresses) {
			const next = report === undefined ? Infinity : this.nextReport(appKey);
			if (typeof next !== 'number') return next;
			wake = Math.min(wake, next);
		}
		return wake;
	}

	/** @param {string} appKey @returns {Delivery | number} */
	nextReport(appKey) {
		const { ledger, receipts, settings } = this.state;
		let at = this.readUpTo.get(appKey) ?? 0;
		while (at < ledger.entries.length && ledger.entries[at].app_key !== appKey) at++;
		const entry = ledger.entries[at];
		const report = entry && receipts.reportOf(entry);
		this.readUpTo.set(appKey, report ? at + 1 : at);
		if (!entry) return Infinity;
		const due = entry.accepted_at + settings.reportDelayMs;
		if (!report) return due;
		const { msgId, status, receiveTime, phone } = report;
		return { appKey, kind: 'report', data: JSON.stringify({ msgId, status, receiveTime, phone }), tries: 0, due };
	}

	/** One try, and what follows from how it went. @param {Delivery} delivery */
	async send(delivery) {
		const { state, settings } = this;
		const { signal } = this.stopping;
		const url = this.addresses.get(delivery.appKey)?.[delivery.kind];
		const keys = state.accounts.applications.get(delivery.appKey);
		// The address was taken away meanwhile.
		if (url === undefined || !keys) return;
		this.running++;
		delivery.tries++;
		if (!delivery.stamped || settings.callbackRepeatStamp === 'new') {
			delivery.stamped = stamp(keys, state.now(), settings.callbackSignatures);
		}
		const type = TYPES[delivery.kind];
		/** @type {CallbackTry} */
		const entry = {
			number: ++this.count,
			app_key: delivery.appKey,
			type,
			data: JSON.parse(delivery.data),
			url,
			attempt: delivery.tries,
			at: state.now(),
			status: null,
			state: 'sending',
			revision: ++this.revision,
		};
		this.note(entry);

		const body = formOf(delivery.stamped, type, delivery.data);
		const [result] = await Promise.all([
			post(url, body, this.until(signal)),
			...Array.from({ length: settings.callbackCopies }, () => post(url, body, this.until(signal))),
		]);
		if (!signal.aborted && settings.callbackReplays === 'altered') {
			const altered = JSON.stringify({ ...entry.data, status: 4100, phone: '13900000000', content: 'altered' });
			await post(url, formOf(delivery.stamped, type, altered), this.until(signal));
		}
		if (signal.aborted) return;
		this.running--;
		Object.assign(entry, result);
		entry.state = this.conclude(delivery, result.status);
		if (entry.state === 'repeats') entry.repeats_at = delivery.due;
		entry.revision = ++this.revision;
		state.changed();
	}

	/** @param {CallbackTry} entry */
	note(entry) {
		this.entries.push(entry);
		this.latest.set(subjectOf(entry.data), entry);
		if (this.entries.length <= this.settings.maxRecordedRequests) return;
		const forgotten = /** @type {CallbackTry} */ (this.entries.shift());
		const subject = subjectOf(forgotten.data);
		if (this.latest.get(subject) === forgotten) this.latest.delete(subject);
	}

	/** @param {Delivery} delivery @param {number | null} status @returns {CallbackTry['state']} */
	conclude(delivery, status) {
		const { settings } = this;
		const taken = {
			200: status === 200,
			'2xx': status !== null && status >= 200 && status < 300,
			answered: status !== null,
		};
		if (taken[/** @type {'2xx'} */ (settings.callbackSuccess)]) return 'taken';
		const pause = settings.callbackRepeatsMs[delivery.tries - 1];
		if (pause === undefined) return 'given up';
		delivery.due = this.state.now() + pause;
		(this.repeats[delivery.tries] ??= []).push(delivery);
		return 'repeats';
	}

	/** Ends with the sandbox, or when an answer takes too long. @param {AbortSignal} signal */
	until(signal) {
		return AbortSignal.any([signal, AbortSignal.timeout(this.settings.callbackTimeoutMs)]);
	}
}

/** What a call is about: a message has an id, a reply has none. @param {any} data */
function subjectOf({ msgId, phone, replyTime, content }) {
	return msgId ?? JSON.stringify([phone, replyTime, content]);
}

/** What the inbox shows of a call. @param {CallbackTry} entry */
function shownCall({ data, attempt, status, state, error, repeats_at }) {
	return { msg_id: data.msgId, attempt, status, state, error, repeats_at };
}

/**
 * @param {string} url
 * @param {string} body
 * @param {AbortSignal} signal
 * @returns {Promise<{ status: number | null, error?: string }>}
 */
async function post(url, body, signal) {
	try {
		const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
		const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
		await answer.arrayBuffer();
		return { status: answer.status };
	} catch (error) {
		return { status: null, error: reasonOf(error) };
	}
}

module.exports = { Callbacks };
