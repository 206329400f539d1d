'use strict';

const { createSettings } = require('./settings');
const { TemplateStore, AccountStore, Store } = require('./stores');
const { Ledger } = require('./ledger');
const { RequestLog } = require('./requests');
const { FaultQueue } = require('./faults/queue');
const { Frequency } = require('./send/frequency');
const { Verification } = require('./send/verification');
const { MessageIds } = require('./ids');
const seed = require('./seed');

/** Everything one sandbox knows. */
class State {
	/** @param {Partial<import('./settings').Settings>} [startSettings] */
	constructor(startSettings) {
		this.switches = createSettings(startSettings);
		this.settings = this.switches.values;
		this.accounts = new AccountStore();
		this.templates = new TemplateStore();
		this.signatures = new Store(seed.signatures, 'sign_id');
		this.ledger = new Ledger();
		this.requests = new RequestLog(this.settings);
		this.faults = new FaultQueue();
		this.frequency = new Frequency();
		this.verification = new Verification();
		this.ids = new MessageIds();
		/** @type {Map<string, number>} when a key last asked for a balance */
		this.balanceAsked = new Map();
		this.resets = 0;
		/** @type {Set<() => void>} told after something changed that the inbox shows */
		this.listeners = new Set();
	}

	/** ms since 1970 on the sandbox's clock. */
	now() {
		return Date.now() + this.settings.clockOffsetMs;
	}

	/** Moves the sandbox's clock. @param {number} ms */
	advance(ms) {
		this.switches.set({ clockOffsetMs: this.settings.clockOffsetMs + ms });
	}

	/** Back to the start. */
	reset() {
		this.switches.reset();
		const parts = [this.accounts, this.templates, this.signatures, this.ledger, this.requests, this.faults];
		for (const part of [...parts, this.frequency, this.verification, this.ids]) part.reset();
		this.balanceAsked.clear();
		this.resets++;
		this.changed();
	}

	/** To be called once per request that added to the ledger. */
	changed() {
		for (const listener of this.listeners) listener();
	}
}

module.exports = { State };
