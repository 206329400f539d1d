import type { ShownCall } from '../callbacks/log';
import { shownMessage, type ShownMessage } from './shown';
import type { State } from '../state';
import type { ServerResponse } from 'node:http';

/** How often open pages hear about what is new: sending must not become slower because somebody watches. */
const PAUSE_MS = 200;
/** The most messages a page is told about at once; the page shows no more than that anyway. */
const MOST = 500;

/** What open pages are told. */
export interface News {
	/** messages there are */
	total: number;
	/** what they show has to be loaded anew */
	again: boolean;
	/** messages that came */
	entries: ShownMessage[];
	/** callbacks that changed */
	callbacks: ShownCall[];
}

/**
 * Tells inbox pages over Server-Sent Events: `start` when they may load, then `changed` with what is
 * new since.
 */
export class InboxEvents {
	readonly pages = new Set<ServerResponse>();
	timer: NodeJS.Timeout | undefined;
	seen: ReturnType<InboxEvents['marks']>;

	constructor(
		readonly state: State,
		closing: AbortSignal,
	) {
		this.seen = this.marks();
		state.listeners.add(() => this.changed());
		closing.addEventListener('abort', () => clearTimeout(this.timer));
	}

	/** How far pages know what there is, and what makes them load it anew. */
	marks() {
		const { ledger, resets, receipts, settings, callbacks } = this.state;
		return {
			total: ledger.entries.length,
			callbacks: callbacks.log.revision,
			again: [resets, receipts.replies.length, receipts.pulls, settings.clockOffsetMs].join(),
		};
	}

	join(page: ServerResponse) {
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
		const news: News = {
			total: now.total,
			again: now.again !== this.seen.again,
			entries: this.state.ledger.find({ since }).map((entry) => shownMessage(this.state, entry)),
			callbacks: this.state.callbacks.log.changedSince(this.seen.callbacks),
		};
		const text = event('changed', news);
		this.seen = now;
		for (const page of this.pages) page.write(text);
	}
}

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
