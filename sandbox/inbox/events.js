'use strict';

/** How often open pages hear about new messages: sending must not become slower because somebody watches. */
const PAUSE_MS = 200;
/** The most messages a page is told about at once; the page shows no more than that anyway. */
const MOST = 500;

/**
 * What an inbox page shows of a message.
 * @param {import('../ledger').LedgerEntry} entry
 */
function shown({ seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at }) {
	return { seq, msg_id, kind, mobile, temp_id, tag, text, segments, accepted_at };
}

/** Tells inbox pages over Server-Sent Events: `start` with the newest messages, then `added`; `start` again after a reset. */
class InboxEvents {
	/** @param {import('../state').State} state @param {AbortSignal} closing */
	constructor(state, closing) {
		this.state = state;
		/** @type {Set<import('node:http').ServerResponse>} */
		this.pages = new Set();
		/** @type {NodeJS.Timeout | undefined} */
		this.timer = undefined;
		this.lastSeq = 0;
		this.resets = 0;
		state.listeners.add(() => this.changed());
		closing.addEventListener('abort', () => clearTimeout(this.timer));
	}

	/** @param {import('node:http').ServerResponse} page */
	join(page) {
		page.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		page.on('close', () => this.pages.delete(page));
		if (this.pages.size === 0) {
			this.lastSeq = this.state.ledger.entries.length;
			this.resets = this.state.resets;
		}
		this.pages.add(page);
		page.write(this.start());
	}

	/** @returns {string} */
	start() {
		const { entries } = this.state.ledger;
		return event('start', { total: entries.length, entries: this.state.ledger.find({ newest: MOST }).map(shown) });
	}

	changed() {
		if (this.pages.size === 0 || this.timer || !this.state.settings.inboxEvents) return;
		this.timer = setTimeout(() => {
			this.timer = undefined;
			this.tell();
		}, PAUSE_MS);
	}

	tell() {
		const { ledger } = this.state;
		const total = ledger.entries.length;
		const text =
			this.state.resets > this.resets
				? this.start()
				: event('added', {
						total,
						entries: ledger.find({ since: Math.max(this.lastSeq, total - MOST) }).map(shown),
					});
		this.lastSeq = total;
		this.resets = this.state.resets;
		for (const page of this.pages) page.write(text);
	}
}

/** @param {string} name @param {unknown} data */
const event = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

module.exports = { InboxEvents };
