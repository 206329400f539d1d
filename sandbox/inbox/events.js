'use strict';

const { shownMessage } = require('./shown');

/** How often open pages hear about what is new: sending must not become slower because somebody watches. */
const PAUSE_MS = 200;
/** The most messages a page is told about at once; the page shows no more than that anyway. */
const MOST = 500;

/**
 * Tells inbox pages over Server-Sent Events: `start` when they may load, then `changed` with the messages that came and the
 * callbacks that changed since; `again: true` where what they show has to be loaded anew.
 */
class InboxEvents {
	/** @param {import('../state').State} state @param {AbortSignal} closing */
	constructor(state, closing) {
		this.state = state;
		/** @type {Set<import('node:http').ServerResponse>} */
		this.pages = new Set();
		/** @type {NodeJS.Timeout | undefined} */
		this.timer = undefined;
		this.seen = this.marks();
		state.listeners.add(() => this.changed());
		closing.addEventListener('abort', () => clearTimeout(this.timer));
	}

	/** How far pages know what there is, and what makes them load it anew. */
	marks() {
		const { ledger, resets, receipts, settings, callbacks } = this.state;
		return {
			total: ledger.entries.length,
			callbacks: callbacks.revision,
			again: [resets, receipts.replies.length, receipts.pulls, settings.clockOffsetMs].join(),
		};
	}

	/** @param {import('node:http').ServerResponse} page */
	join(page) {
		page.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		page.on('close', () => this.pages.delete(page));
		if (this.pages.size === 0) this.seen = this.marks();
		this.pages.add(page);
		page.write(event('start', { total: this.state.ledger.entries.length }));
	}

	changed() {
		if (this.pages.size === 0 || this.timer || !this.state.settings.inboxEvents) return;
		this.timer = setTimeout(() => {
			this.timer = undefined;
			this.tell();
		}, PAUSE_MS);
	}

	tell() {
		const now = this.marks();
		const since = Math.max(this.seen.total, now.total - MOST);
		const text = event('changed', {
			total: now.total,
			again: now.again !== this.seen.again,
			entries: this.state.ledger.find({ since }).map((entry) => shownMessage(this.state, entry)),
			callbacks: this.state.callbacks.changedSince(this.seen.callbacks),
		});
		this.seen = now;
		for (const page of this.pages) page.write(text);
	}
}

/** @param {string} name @param {unknown} data */
const event = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

module.exports = { InboxEvents };
