import { sleep } from 'n8n-workflow';

import { classify } from '../../../nodes/JSms/api/classify';
import { type Exchange, type Outcome } from '../../../nodes/JSms/model/outcome';
import type { BatchRequest, Recipient } from '../../../nodes/JSms/model/recipient';

/**
 * A service in memory, written from the service's documentation: it judges each recipient, writes down whom it accepts
 * and answers. Faults change the answer, never what was written down.
 */

/** What happens to one request. */
export type Fault =
	| { kind: 'none' }
	| { kind: 'rows'; change: RowChange[] }
	| { kind: 'refuse'; status: number; code: number }
	| { kind: 'break'; failure: { code: string; message: string }; accepts: number }
	| { kind: 'answer'; status: number; body: string; accepts: number }
	| { kind: 'throw'; accepts: number };

/** A change of the rows of an answer. `at` chooses a row, as a share of their number. */
export type RowChange =
	| { change: 'drop' | 'repeat'; at: number }
	| { change: 'shuffle'; seed: number }
	| { change: 'stranger'; at: number }
	| { change: 'lie'; at: number; failed: boolean }
	/** The code of a failed row becomes unreadable, or a sent row gets one. */
	| { change: 'blur'; at: number; code: unknown };

/** Readings of the documentation that services differ in. */
export interface Manners {
	/** A bad row refuses the whole request. */
	strict: boolean;
	/** A failed row repeats its parameters. */
	echo: boolean;
	/** A failed row carries a msg_id. */
	failedIds: boolean;
	/** msg_ids are numbers without quotes. */
	bareIds: boolean;
	/** An answer counts its rows. */
	counts: boolean;
}

interface Row {
	mobile?: string;
	msg_id?: string | number;
	error_code?: unknown;
	error_message?: string;
	temp_para?: Record<string, string>;
}

/** Values that a service refuses, by parameter. */
export const REFUSED_VALUES: Record<string, number> = { sensitive: 50037, '': 50023, '【x】': 50054 };

export class FakeService {
	/** Everybody who was accepted, in order. */
	readonly ledger: Recipient[] = [];

	/** Requests as they came. */
	readonly requests: Array<{ request: BatchRequest; recipients: Recipient[] }> = [];

	private nextId = 100_000_000_001;

	private readonly texts = new Set<string>();

	constructor(
		private readonly manners: Manners,
		private readonly faults: readonly Fault[],
	) {}

	async send(request: BatchRequest, recipients: Recipient[]): Promise<Outcome> {
		const fault = this.faults[this.requests.length % Math.max(1, this.faults.length)] ?? { kind: 'none' };
		this.requests.push({ request: { ...request, positions: [...request.positions] }, recipients: [...recipients] });
		// Sometimes at once, sometimes a turn later, so that requests overtake each other.
		if (this.requests.length % 3 === 0) await sleep(0);
		else if (this.requests.length % 3 === 1) await Promise.resolve();
		return classify(this.exchange(fault, recipients));
	}

	private exchange(fault: Fault, recipients: Recipient[]): Exchange {
		switch (fault.kind) {
			case 'refuse':
				return answer(fault.status, { error: { code: fault.code, message: 'refused' } });
			case 'break':
				this.accept(recipients, fault.accepts);
				return { kind: 'connectionError', ...fault.failure };
			case 'answer':
				this.accept(recipients, fault.accepts);
				return answer(fault.status, fault.body);
			case 'throw':
				this.accept(recipients, fault.accepts);
				throw new TypeError('broken inside');
			default: {
				const refusal = this.manners.strict ? recipients.map(refusalOf).find((code) => code !== undefined) : undefined;
				if (refusal !== undefined) return answer(403, { error: { code: refusal, message: 'refused' } });
				const rows = this.accept(recipients, 1);
				const changed = fault.kind === 'rows' ? this.change(rows, fault.change) : rows;
				const refused = rows.filter(({ error_code }) => error_code !== undefined).length;
				return answer(200, {
					...(this.manners.counts && { success_count: rows.length - refused, failure_count: refused }),
					recipients: changed,
				});
			}
		}
	}

	/** Works the first `share` of the recipients off; each one that is good is written down. */
	private accept(recipients: Recipient[], share: number): Row[] {
		const inThisRequest = new Set<string>();
		return recipients.slice(0, Math.ceil(recipients.length * share)).map((recipient) => {
			const msg_id = this.manners.bareIds ? this.nextId++ : String(this.nextId++);
			const text = JSON.stringify([recipient.mobile, recipient.tempPara]);
			const code = refusalOf(recipient) ?? (inThisRequest.has(text) ? 50034 : undefined);
			inThisRequest.add(text);
			if (code === undefined) {
				this.ledger.push(recipient);
				this.texts.add(text);
				return { mobile: recipient.mobile, msg_id };
			}
			return {
				mobile: recipient.mobile,
				error_code: String(code),
				error_message: 'refused',
				...(this.manners.failedIds && { msg_id }),
				...(this.manners.echo && { temp_para: recipient.tempPara }),
			};
		});
	}

	private change(original: Row[], changes: RowChange[]): Row[] {
		let rows = [...original];
		const untouched = new Set(rows.map(({ mobile }) => mobile));
		const liedAbout = new Set<string | undefined>();
		for (const one of changes) {
			// Where rows carry no id, a repeated row in place of a missing one is a lie that nobody can see through.
			const blind = !this.manners.failedIds && one.change !== 'shuffle' && rows.length !== original.length;
			const at = 'at' in one ? Math.min(rows.length - 1, Math.floor(one.at * rows.length)) : 0;
			const row = rows[at];
			if (blind || (!row && one.change !== 'stranger')) continue;
			switch (one.change) {
				case 'drop':
					if (liedAbout.has(row.mobile)) continue;
					rows = rows.filter((_, index) => index !== at);
					untouched.delete(row.mobile);
					break;
				case 'repeat':
					rows.splice(at, 0, row);
					break;
				case 'shuffle':
					rows = shuffled(rows, one.seed);
					break;
				case 'blur':
					rows[at] = { ...row, error_code: one.code };
					untouched.delete(row.mobile);
					break;
				case 'stranger':
					rows.splice(Math.max(0, at), 0, { mobile: '19900000000', msg_id: String(this.nextId++) });
					break;
				case 'lie':
					// A false row instead of the true one is beyond any client; beside the true one it must not deceive.
					if (!untouched.has(row.mobile)) continue;
					rows.splice(at, 0, {
						mobile: row.mobile,
						msg_id: String(this.nextId++),
						...(one.failed && { error_code: '50006', error_message: 'invalid mobile' }),
					});
					liedAbout.add(row.mobile);
			}
		}
		return rows;
	}
}

function refusalOf({ mobile, tempPara }: Recipient): number | undefined {
	if (!/^1\d{10}$/.test(mobile)) return 50006;
	if (Object.keys(tempPara).length === 0) return 50022;
	return Object.values(tempPara)
		.map((value) => REFUSED_VALUES[value])
		.find((code) => code !== undefined);
}

function answer(status: number, body: unknown): Exchange {
	return { kind: 'response', status, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
	const result = [...list];
	let state = seed;
	for (let index = result.length - 1; index > 0; index -= 1) {
		state = (state * 1103515245 + 12345) % 2147483648;
		const other = state % (index + 1);
		[result[index], result[other]] = [result[other], result[index]];
	}
	return result;
}
