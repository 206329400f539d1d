import { checkMobile, magicRefusal, checkParameters, checkText, type Refused } from './recipient';
import { pursesFor, pay, refund, type Purse } from './quota';
import type { Countable, Kind } from './frequency';
import type { State } from '../state';
import type { Application } from '../seed';
import type { SendPlan } from './plan';
import type { LedgerEntry } from '../ledger';
import type { Settings } from '../settings';

/**
 * Taking in messages in two steps: `reserve` checks a recipient and takes what it uses up (frequency, quota),
 * `commit` writes it to the ledger, `release` gives back what was taken. A batch that is refused as a whole after some
 * of its rows were reserved releases them, so that a refusal never leaves a trace.
 */

export interface Reservation {
	mobile: string;
	values: Record<string, string>;
	text: string;
	segments: number;
	purse: Purse | undefined;
	message: Countable;
}

export const KIND_OF_TYPE = { 1: 'code', 2: 'notification', 3: 'marketing' } as const;

/** The work of one request: everything that is the same for all its recipients is looked up once. */
export class Acceptance {
	readonly settings: Settings;
	readonly now: number;
	readonly purses: Purse[] | null;
	readonly optedOut: ReadonlySet<string>;
	/** texts this request already holds, by number */
	readonly seen = new Map<string, string[]>();

	constructor(
		readonly state: State,
		readonly application: Application,
		readonly kind: Kind,
	) {
		this.settings = state.settings;
		this.now = state.now();
		this.purses = this.settings.quota === 'unlimited' ? null : pursesFor(state, application, kind);
		this.optedOut = new Set(
			this.settings.optOutApplies === 'all' || kind === 'marketing' ? this.settings.optedOut : [],
		);
	}

	/**
	 * Checks one recipient of a template message and takes what it uses.
	 * @param parameters `temp_para`
	 */
	reserve(plan: SendPlan, mobile: unknown, parameters: unknown): Refused | Reservation {
		const number = checkMobile(mobile, this.settings);
		if ('code' in number) return number;
		const checked = checkParameters(parameters, plan.compiled, this.settings);
		if ('code' in checked) return checked;
		const content = checkText(plan, checked.values, this.settings);
		if ('code' in content) return content;
		return this.reserveText(number.mobile, content.text, content.segments, checked.values);
	}

	/**
	 * The part that does not depend on templates; voice codes start here.
	 * @param mobile checked
	 */
	reserveText(mobile: string, text: string, segments: number, values: Record<string, string>): Refused | Reservation {
		const { settings, state } = this;
		const magic = magicRefusal(mobile, settings);
		if (magic !== undefined) return { code: magic };
		if (this.optedOut.has(mobile)) return { code: 50024 };
		const message = { appKey: this.application.app_key, kind: this.kind, mobile, text, now: this.now };
		const texts = this.seen.get(mobile);
		if (settings.repeatFilter && texts?.includes(text)) return { code: 50034 };
		if (state.frequency.isRepeat(message, settings)) return { code: 50034 };
		if (!state.frequency.allows(message, settings)) return { code: 50009 };
		const purse = this.purses ? pay(this.purses, segments) : undefined;
		if (this.purses && !purse) return { code: 50014 };
		if (texts) texts.push(text);
		else this.seen.set(mobile, [text]);
		state.frequency.count(message, settings);
		return { mobile, values, text, segments, purse, message };
	}

	/** Writes a reservation to the ledger. */
	commit(
		reservation: Reservation,
		entry: Pick<LedgerEntry, 'msg_id' | 'kind' | 'temp_id' | 'sign_id' | 'tag' | 'request' | 'code' | 'schedule_id'>,
	) {
		// Field by field: a copy of objects, made for each of 100,000 recipients, takes as long as all the rest.
		this.state.ledger.add({
			seq: this.state.ledger.nextSeq,
			msg_id: entry.msg_id,
			kind: entry.kind,
			mobile: reservation.mobile,
			temp_id: entry.temp_id,
			temp_para: reservation.values,
			sign_id: entry.sign_id,
			tag: entry.tag,
			text: reservation.text,
			segments: reservation.segments,
			code: entry.code,
			schedule_id: entry.schedule_id,
			accepted_at: this.now,
			request: entry.request,
			app_key: this.application.app_key,
		});
	}

	/** Takes again what was given back. */
	retake(reservation: Reservation) {
		this.state.frequency.count(reservation.message, this.settings);
		if (reservation.purse) refund(reservation.purse, -reservation.segments);
	}

	/** Gives back what a reservation took. */
	release(reservation: Reservation) {
		this.state.frequency.uncount(reservation.message, this.settings);
		if (reservation.purse) refund(reservation.purse, reservation.segments);
	}
}
