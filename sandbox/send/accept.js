'use strict';

const { checkMobile, magicRefusal, checkParameters, checkText } = require('./recipient');
const { pursesFor, pay, refund } = require('./quota');

/**
 * Taking in messages in two steps: `reserve` checks a recipient and takes what it uses up (frequency, quota),
 * `commit` writes it to the ledger, `release` gives back what was taken. A batch that is refused as a whole after some
 * of its rows were reserved releases them, so that a refusal never leaves a trace.
 *
 * @typedef {object} Reservation
 * @property {string} mobile
 * @property {Record<string, string>} values
 * @property {string} text
 * @property {number} segments
 * @property {import('./quota').Purse | undefined} purse
 * @property {{ appKey: string, kind: import('./frequency').Kind, mobile: string, text: string, now: number }} message
 */

const KIND_OF_TYPE = Object.freeze({ 1: 'code', 2: 'notification', 3: 'marketing' });

/** The work of one request: everything that is the same for all its recipients is looked up once. */
class Acceptance {
	/**
	 * @param {import('../state').State} state
	 * @param {import('../seed').Application} application
	 * @param {import('./frequency').Kind} kind
	 */
	constructor(state, application, kind) {
		this.state = state;
		this.settings = state.settings;
		this.application = application;
		this.kind = kind;
		this.now = state.now();
		this.purses = this.settings.quota === 'unlimited' ? null : pursesFor(state, application, kind);
		this.optedOut = new Set(
			this.settings.optOutApplies === 'all' || kind === 'marketing' ? this.settings.optedOut : [],
		);
		/** @type {Map<string, string[]>} texts this request already holds, by number */
		this.seen = new Map();
	}

	/**
	 * Checks one recipient of a template message and takes what it uses.
	 * @param {import('./plan').SendPlan} plan
	 * @param {unknown} mobile
	 * @param {unknown} parameters `temp_para`
	 * @returns {{ code: number } | Reservation}
	 */
	reserve(plan, mobile, parameters) {
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
	 * @param {string} mobile checked
	 * @param {string} text
	 * @param {number} segments
	 * @param {Record<string, string>} values
	 * @returns {{ code: number } | Reservation}
	 */
	reserveText(mobile, text, segments, values) {
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

	/**
	 * Writes a reservation to the ledger.
	 * @param {Reservation} reservation
	 * @param {Pick<import('../ledger').LedgerEntry, 'msg_id' | 'kind' | 'temp_id' | 'sign_id' | 'tag' | 'request' | 'code' | 'schedule_id'>} entry
	 */
	commit(reservation, entry) {
		const { ledger } = this.state;
		/** @type {import('../ledger').LedgerEntry} */
		const written = {
			seq: ledger.nextSeq,
			msg_id: entry.msg_id,
			kind: entry.kind,
			mobile: reservation.mobile,
			temp_id: entry.temp_id,
			temp_para: reservation.values,
			sign_id: entry.sign_id,
			tag: entry.tag,
			text: reservation.text,
			segments: reservation.segments,
			accepted_at: this.now,
			request: entry.request,
			app_key: this.application.app_key,
		};
		if (entry.code !== undefined) written.code = entry.code;
		if (entry.schedule_id !== undefined) written.schedule_id = entry.schedule_id;
		ledger.add(written);
	}

	/** Takes again what was given back. @param {Reservation} reservation */
	retake(reservation) {
		this.state.frequency.count(reservation.message, this.settings);
		if (reservation.purse) refund(reservation.purse, -reservation.segments);
	}

	/** Gives back what a reservation took. @param {Reservation} reservation */
	release(reservation) {
		this.state.frequency.uncount(reservation.message, this.settings);
		if (reservation.purse) refund(reservation.purse, reservation.segments);
	}
}

module.exports = { Acceptance, KIND_OF_TYPE };
