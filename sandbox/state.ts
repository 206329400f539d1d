import { createSettings, type Settings, type Switches } from './settings';
import { AccountStore, PerApplication } from './stores';
import { Ledger } from './ledger';
import { RequestLog } from './requests';
import { FaultQueue } from './faults/queue';
import { Frequency } from './send/frequency';
import { Verification } from './send/verification';
import { MessageIds } from './ids';
import { Callbacks } from './callbacks';
import { Receipts } from './receipts';
import { Refusals } from './refusals';
import { Reviews } from './reviews';
import { Schedules } from './schedules';
import { sendSchedule } from './routes/schedules';
import * as seed from './seed';
import type { Template, Signature } from './seed';

const APP_KEYS = seed.applications().map(({ app_key: appKey }) => appKey);

/** Everything one sandbox knows. */
export class State {
	readonly switches: Switches;
	readonly settings: Settings;
	readonly accounts = new AccountStore();
	readonly templates = new PerApplication(APP_KEYS, 'temp_id', seed.templates);
	readonly signatures = new PerApplication(APP_KEYS, 'sign_id', seed.signatures);
	readonly ledger = new Ledger();
	readonly requests: RequestLog;
	readonly faults = new FaultQueue();
	readonly frequency = new Frequency();
	readonly verification = new Verification();
	readonly ids = new MessageIds();
	readonly schedules: Schedules;
	/** when a key last asked for a balance */
	readonly balanceAsked = new Map<string, number>();
	readonly refusals = new Refusals();
	readonly receipts: Receipts;
	readonly reviews: Reviews;
	/** when receipts were last pulled, by kind and application */
	readonly pulledAt = new Map<string, number>();
	resets = 0;
	readonly callbacks: Callbacks;
	/** told after something changed that the inbox shows */
	readonly listeners: Set<() => void>;

	constructor(startSettings?: Partial<Settings>) {
		this.switches = createSettings(startSettings);
		this.settings = this.switches.values;
		this.requests = new RequestLog(this.settings);
		this.schedules = new Schedules(
			() => this.now(),
			(due) => sendSchedule(this, due),
		);
		this.receipts = new Receipts(this.ledger, this.settings, () => this.now());
		this.reviews = new Reviews(
			() => this.now(),
			(kind, id, status, reason, appKey) => this.review(kind, id, status, reason, appKey),
		);
		this.callbacks = new Callbacks(this);
		this.listeners = new Set([() => this.callbacks.deliveries.work()]);
	}

	/** ms since 1970 on the sandbox's clock. */
	now() {
		return Date.now() + this.settings.clockOffsetMs;
	}

	/** Moves the sandbox's clock. */
	advance(ms: number) {
		this.switches.set({ clockOffsetMs: this.settings.clockOffsetMs + ms });
		this.schedules.sendDue();
		this.tick();
		this.changed();
	}

	/** Lets happen what the clock has brought about since it was last looked at. */
	tick() {
		this.reviews.decideDue();
	}

	/** The signature of messages that name none. */
	defaultSignature(appKey: string) {
		return this.signatures
			.of(appKey)
			.list()
			.find((signature) => signature.is_default === 1 && signature.status === 1);
	}

	/**
	 * Decides the review of a template or signature.
	 * @param status 1 approved, 2 rejected
	 * @param reason of a rejection
	 * @param appKey default: the application that wrote it, or else the first
	 * @returns what was decided about
	 */
	review(
		kind: 'template' | 'signature',
		id: number,
		status: 1 | 2,
		reason: string | null = null,
		appKey?: string,
	): Template | Signature {
		const stores = kind === 'template' ? this.templates : this.signatures;
		const owner = appKey ?? stores.writerOf(id) ?? this.firstKey();
		if (!stores.of(owner).get(id)) throw new TypeError(`There is no ${kind} with the ID ${id}.`);
		this.reviews.end(kind, id, owner);
		const decided =
			kind === 'template'
				? this.templates.of(owner).patch(id, { status, refuse_reason: reason })
				: this.signatures.of(owner).patch(id, { status, use_status: status === 1 ? 1 : 0, refuse_reason: reason });
		this.callbacks.reviewed(owner, kind, id, status, reason);
		this.changed();
		return decided;
	}

	/** The application that is meant where none is named. */
	firstKey(): string {
		return this.accounts.applications.list()[0].app_key;
	}

	/**
	 * Somebody answers an SMS. Words of refusal take the number off the list of those who get marketing.
	 * @param appKey default: the application that wrote to the number last
	 */
	reply(phone: string, content: string, appKey?: string) {
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
	hasCallback(appKey: string, kind: 'report' | 'reply') {
		return this.callbacks.has(appKey, kind);
	}

	/** Back to the start. */
	reset() {
		this.switches.reset();
		for (const part of [
			this.accounts,
			this.templates,
			this.signatures,
			this.ledger,
			this.requests,
			this.faults,
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
