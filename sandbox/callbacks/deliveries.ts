import { setMaxListeners } from 'node:events';
import type { State } from '../state';
import { reasonOf, TYPES, type Addresses, type Kind } from './addresses';
import { formOf, stamp, type Stamp } from './form';
import type { CallbackData, CallbackLog, CallbackTry } from './log';

/**
 * Calls applications back: reports, replies and results of reviews, one a call, at least once. Reports are worked out from
 * the ledger when their turn comes, so sending pays nothing for them.
 */

/** Something that is to be told. */
interface Delivery {
	appKey: string;
	kind: Kind;
	data: CallbackData;
	/** so far */
	tries: number;
	/** ms since 1970 on the sandbox's clock */
	due: number;
	/** of the first try */
	stamped?: Stamp;
}

/** Longest pause of a timer. */
const MAX_PAUSE = 2 ** 31 - 1;

export class Deliveries {
	private stopping = newStop();
	private timer: NodeJS.Timeout | undefined;
	private working = false;
	private running = 0;
	/** first tries of all but reports */
	private waiting: Delivery[] = [];
	/** by the number of tries; each list is in order of time, for all of it waits equally long */
	private repeats: Delivery[][] = [];
	/** by appKey: how far the ledger was read */
	private readonly readUpTo = new Map<string, number>();

	constructor(
		private readonly state: State,
		private readonly addresses: Addresses,
		private readonly log: CallbackLog,
	) {}

	/** Aborted when the sandbox stops or is reset. */
	get stopped(): AbortSignal {
		return this.stopping.signal;
	}

	/** Ends everything at once, calls under way too. */
	stop() {
		clearTimeout(this.timer);
		this.stopping.abort();
	}

	reset() {
		this.stop();
		this.stopping = newStop();
		this.running = 0;
		this.waiting = [];
		this.repeats = [];
		this.readUpTo.clear();
	}

	add(appKey: string, kind: Kind, data: CallbackData) {
		if (this.addresses.of(appKey, kind) === undefined) return;
		this.waiting.push({ appKey, kind, data, tries: 0, due: this.state.now() });
	}

	/** Reports that are there already are for pulling; those to come are called back. */
	beginReports(appKey: string) {
		const { ledger, receipts } = this.state;
		let at = ledger.entries.length;
		while (at > 0 && !receipts.reportOf(ledger.entries[at - 1])) at--;
		this.readUpTo.set(appKey, at);
	}

	/** From here on the records are for pulling again, but not those that were told. */
	handOver(appKey: string, kind: Kind) {
		const { receipts } = this.state;
		if (kind === 'report') receipts.skipTo('report', appKey, this.readUpTo.get(appKey) ?? 0);
		if (kind === 'reply') receipts.skipTo('reply', appKey, receipts.replies.length);
	}

	/** Sends what is due, as much of it at once as the setting lets, and waits for what comes next. */
	work() {
		const { state } = this;
		if (this.working || this.addresses.isEmpty || this.stopped.aborted) return;
		this.working = true;
		clearTimeout(this.timer);
		state.tick();
		let wake = state.reviews.nextDue();
		while (this.running < state.settings.callbacksAtOnce) {
			const next = this.next();
			if (typeof next === 'number') {
				wake = Math.min(wake, next);
				break;
			}
			void this.send(next);
		}
		this.working = false;
		if (wake === Infinity) return;
		this.timer = setTimeout(() => this.work(), Math.min(Math.max(wake - state.now(), 0), MAX_PAUSE));
		// A sandbox that nobody closed must not keep its process alive for a callback.
		this.timer.unref();
	}

	/** @returns what is to be sent now; a number: when there is something; Infinity: nothing is known of */
	private next(): Delivery | number {
		const now = this.state.now();
		let wake = Infinity;
		for (const list of this.repeats) {
			const first = list?.[0];
			if (!first) continue;
			if (first.due <= now) {
				list.shift();
				return first;
			}
			wake = Math.min(wake, first.due);
		}
		const waiting = this.waiting.shift();
		if (waiting) return waiting;
		for (const appKey of this.addresses.applicationsWith('report')) {
			const next = this.nextReport(appKey);
			if (typeof next !== 'number') return next;
			wake = Math.min(wake, next);
		}
		return wake;
	}

	private nextReport(appKey: string): Delivery | number {
		const { ledger, receipts, settings } = this.state;
		let at = this.readUpTo.get(appKey) ?? 0;
		while (at < ledger.entries.length && ledger.entries[at].app_key !== appKey) at++;
		const entry = ledger.entries[at];
		const report = entry && receipts.reportOf(entry);
		this.readUpTo.set(appKey, report ? at + 1 : at);
		if (!entry) return Infinity;
		const due = entry.accepted_at + settings.reportDelayMs;
		return report ? { appKey, kind: 'report', data: report, tries: 0, due } : due;
	}

	/** One try, and what follows from how it went. */
	private async send(delivery: Delivery) {
		const { state, log, stopped } = this;
		const { settings } = state;
		const { appKey, kind, data } = delivery;
		const url = this.addresses.of(appKey, kind);
		const keys = state.accounts.applications.get(appKey);
		// The address was taken away meanwhile.
		if (url === undefined || !keys) return;
		this.running++;
		delivery.tries++;
		if (!delivery.stamped || settings.callbackRepeatStamp === 'new') {
			delivery.stamped = stamp(keys, state.now(), settings.callbackSignatures);
		}
		const { stamped } = delivery;
		const entry = log.add({ app_key: appKey, type: TYPES[kind], data, url, attempt: delivery.tries, at: state.now() });

		const call = (told: CallbackData) =>
			post(url, formOf(stamped, TYPES[kind], JSON.stringify(told)), until(stopped, settings.callbackTimeoutMs));
		const copies = Array.from({ length: settings.callbackCopies }, () => call(data));
		const [result] = await Promise.all([call(data), ...copies]);
		if (!stopped.aborted && settings.callbackReplays === 'altered') {
			await call({ ...data, status: 4100, phone: '13900000000', content: 'altered' } as CallbackData);
		}
		if (stopped.aborted) return;
		this.running--;
		log.change(entry, { ...result, ...this.conclude(delivery, result.status) });
		state.changed();
	}

	private conclude(delivery: Delivery, status: number | null): Pick<CallbackTry, 'state' | 'repeats_at'> {
		const { settings } = this.state;
		const taken = {
			200: status === 200,
			'2xx': status !== null && status >= 200 && status < 300,
			answered: status !== null,
		};
		if (taken[settings.callbackSuccess]) return { state: 'taken' };
		const pause = settings.callbackRepeatsMs[delivery.tries - 1];
		if (pause === undefined) return { state: 'given up' };
		delivery.due = this.state.now() + pause;
		(this.repeats[delivery.tries] ??= []).push(delivery);
		return { state: 'repeats', repeats_at: delivery.due };
	}
}

/** Every call that is under way listens to it. */
function newStop(): AbortController {
	const stopping = new AbortController();
	setMaxListeners(0, stopping.signal);
	return stopping;
}

/** Aborted with the sandbox, or when a response takes too long. */
export function until(stopped: AbortSignal, timeoutMs: number): AbortSignal {
	return AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
}

async function post(url: string, body: string, signal: AbortSignal): Promise<Pick<CallbackTry, 'status' | 'error'>> {
	try {
		const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
		const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
		await response.arrayBuffer();
		return { status: response.status };
	} catch (error) {
		return { status: null, error: reasonOf(error) };
	}
}
