'use strict';

const { createSettings } = require('./settings');
const { TemplateStore, AccountStore, PerApplication, Store } = require('./stores');
const { Ledger } = require('./ledger');
const { RequestLog } = require('./requests');
const { FaultQueue } = require('./faults/queue');
const { Frequency } = require('./send/frequency');
const { Verification } = require('./send/verification');
const { MessageIds } = require('./ids');
const { Callbacks } = require('./callbacks');
const { Receipts } = require('./receipts');
const { Refusals } = require('./refusals');
const { Reviews } = require('./reviews');
const { Schedules } = require('./schedules');
const { sendSchedule } = require('./routes/schedules');
const seed = require('./seed');

/** Everything one sandbox knows. */
class State {
	/** @param {Partial<import('./settings').Settings>} [startSettings] */
	constructor(startSettings) {
		this.switches = createSettings(startSettings);
		this.settings = this.switches.values;
		this.accounts = new AccountStore();
		const appKeys = seed.applications().map(({ app_key: appKey }) => appKey);
		this.templates = new PerApplication(appKeys, () => new TemplateStore());
		this.signatures = new PerApplication(appKeys, (appKey) => new Store(() => seed.signatures(appKey), 'sign_id'));
		this.ledger = new Ledger();
		this.requests = new RequestLog(this.settings);
		this.faults = new FaultQueue();
		this.frequency = new Frequency();
		this.verification = new Verification();
		this.ids = new MessageIds();
		this.schedules = new Schedules(
			() => this.now(),
			(due) => sendSchedule(this, due),
		);
		/** @type {Map<string, number>} when a key last asked for a balance */
		this.balanceAsked = new Map();
		this.refusals = new Refusals();
		this.receipts = new Receipts(this.ledger, this.settings, () => this.now());
		this.reviews = new Reviews(
			() => this.now(),
			(kind, id, status, reason, appKey) => this.review(kind, id, status, reason, appKey),
		);
		/** @type {Map<string, number>} when receipts were last pulled, by kind and application */
		this.pulledAt = new Map();
		this.resets = 0;
		this.callbacks = new Callbacks(this);
		/** @type {Set<() => void>} told after something changed that the inbox shows */
		this.listeners = new Set([() => this.callbacks.work()]);
	}

	/** ms since 1970 on the sandbox's clock. */
	now() {
		return Date.now() + this.settings.clockOffsetMs;
	}

	/** Moves the sandbox's clock. @param {number} ms */
	advance(ms) {
		this.switches.set({ clockOffsetMs: this.settings.clockOffsetMs + ms });
		this.schedules.sendDue();
		this.tick();
		this.changed();
	}

	/** Lets happen what the clock has brought about since it was last looked at. */
	tick() {
		this.reviews.decideDue();
	}

	/** The signature of messages that name none. @param {string} appKey */
	defaultSignature(appKey) {
		return this.signatures
			.of(appKey)
			.list()
			.find((signature) => signature.is_default === 1 && signature.status === 1);
	}

	/**
	 * Decides the review of a template or signature.
	 * @param {'template' | 'signature'} kind
	 * @param {number} id
	 * @param {1 | 2} status 1 approved, 2 rejected
	 * @param {string | null} [reason] of a rejection
	 * @param {string} [appKey] default: the application that wrote it, or else the first
	 * @returns {import('./seed').Template | import('./seed').Signature} what was decided about
	 */
	review(kind, id, status, reason = null, appKey) {
		const stores = kind === 'template' ? this.templates : this.signatures;
		const owner = appKey ?? stores.writerOf(id) ?? this.firstKey();
		const store = /** @type {Store<any>} */ (stores.of(owner));
		if (!store.get(id)) throw new TypeError(`There is no ${kind} with the ID ${id}.`);
		this.reviews.end(kind, id, owner);
		const use = kind === 'template' ? {} : { use_status: status === 1 ? 1 : 0 };
		const decided = store.patch(id, { status, ...use, refuse_reason: reason });
		this.callbacks.reviewed(owner, kind, id, status, reason);
		this.changed();
		return decided;
	}

	/** The application that is meant where none is named. @returns {string} */
	firstKey() {
		return this.accounts.applications.list()[0].app_key;
	}

	/**
	 * Somebody answers an SMS. Words of refusal take the number off the list of those who get marketing.
	 * @param {string} phone
	 * @param {string} content
	 * @param {string} [appKey] default: the application that wrote to the number last
	 */
	reply(phone, content, appKey) {
		const to = appKey ?? this.ledger.lastTo(phone)?.app_key ?? this.firstKey();
		const reply = { phone, replyTime: this.now(), content };
		this.receipts.addReply({ app_key: to, ...reply });
		this.callbacks.replied(to, reply);
		if (this.settings.optOutWords.includes(content.trim()) && !this.settings.optedOut.includes(phone)) {
			this.switches.set({ optedOut: [...this.settings.optedOut, phone] });
		}
		this.changed();
	}

	/** Whether the service would report this kind to an address instead of letting it be pulled. */
	hasCallback(/** @type {string} */ appKey, /** @type {'report' | 'reply'} */ kind) {
		return this.callbacks.has(appKey, kind);
	}

	/** Back to the start. */
	reset() {
		this.switches.reset();
		const parts = [this.accounts, this.templates, this.signatures, this.ledger, this.requests, this.faults];
		for (const part of [
			...parts,
			this.schedules,
			this.receipts,
			this.callbacks,
			this.refusals,
			this.reviews,
			this.frequency,
			this.verification,
			this.ids,
		])
			part.reset();
		this.balanceAsked.clear();
		this.pulledAt.clear();
		this.resets++;
		this.changed();
	}

	/** To be called once for everything that changed what the inbox shows. */
	changed() {
		for (const listener of this.listeners) listener();
	}
}

module.exports = { State };
