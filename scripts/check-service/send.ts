import { answerOf, type Answer } from './answer';
import { IMPOSSIBLE_NUMBERS, isRecord, type Call } from './call';
import { wallClock } from './calls/schedules';
import { request, type Reply, type Service } from './http';
import type { Script, Step } from './script';

/** What is sent, and to whom: a person's own number, confirmed by that person. */
export interface Sending {
	number: string;
	template: number;
	parameters: Readonly<Record<string, string>>;
	/** ms since 1970. */
	now: number;
	/** Told what should be kept: a schedule that is still there, reports of other messages. */
	tell: (line: string) => void;
	/** Reports of other messages, which nobody can read a second time. */
	keep: (records: unknown[]) => void;
}

export const MOST_SMS = 3;
/** The service takes one pull in five seconds. */
const PULL_MS = 6000;
const MOST_PULLS = 20;
const DAY = 24 * 3_600_000;

/** Sends a single message, a batch with one bad row and a schedule that it deletes, and waits for the reports. */
export function sendScript(sending: Sending): Script {
	return async (service, pause) => {
		const run = new SendRun(service, sending);
		const single = await run.message();
		await run.verify(single);
		const row = await run.batch();
		await run.schedule();
		await run.reports([single, row], pause);
		return run.steps;
	};
}

class SendRun {
	readonly steps: Step[] = [];
	private sent = 0;

	constructor(
		private readonly service: Service,
		private readonly sending: Sending,
	) {}

	private get recipient() {
		const { number: mobile, parameters } = this.sending;
		return { mobile, ...(Object.keys(parameters).length > 0 && { temp_para: parameters }) };
	}

	async message(): Promise<string | undefined> {
		const body = await this.send('send-single', 'POST /messages', {
			method: 'POST',
			path: '/messages',
			body: { temp_id: this.sending.template, ...this.recipient },
		});
		return idOf(body);
	}

	/** The msg_id of a message that is no code. */
	async verify(id: string | undefined): Promise<void> {
		if (id === undefined) return;
		await this.ask('send-verify', 'Verify the msg_id of a template message', {
			method: 'POST',
			path: `/codes/${encodeURIComponent(id)}/valid`,
			body: { code: '000000' },
		});
	}

	/** @returns the msg_id of the good row */
	async batch(): Promise<string | undefined> {
		const [mobile] = IMPOSSIBLE_NUMBERS;
		const body = await this.send('send-batch', 'POST /messages/batch with one bad row', {
			method: 'POST',
			path: '/messages/batch',
			body: { temp_id: this.sending.template, recipients: [{ ...this.recipient, mobile }, this.recipient] },
		});
		const rows = isRecord(body) && Array.isArray(body.recipients) ? body.recipients : [];
		return idOf(rows.find((row) => isRecord(row) && String(row.mobile) === this.sending.number && !row.error_code));
	}

	/** For the day after tomorrow, and deleted at once. */
	async schedule(): Promise<void> {
		const { now, template, tell } = this.sending;
		const sendTime = wallClock(now + 2 * DAY, 480);
		const body = await this.send('send-schedule', 'POST /schedule/batch', {
			method: 'POST',
			path: '/schedule/batch',
			body: { send_time: sendTime, temp_id: template, recipients: [this.recipient] },
		});
		const id = isRecord(body) && typeof body.schedule_id === 'string' ? body.schedule_id : undefined;
		if (id === undefined) {
			const { status = 500 } = this.steps.at(-1)?.answer ?? {};
			if (status >= 500)
				tell(`It is not known whether a schedule for ${sendTime} (China) was made. If so, it is sent.`);
			return;
		}
		const path = `/schedule/${encodeURIComponent(id)}`;
		await this.ask('send-schedule-get', 'GET the schedule', { method: 'GET', path });
		await this.ask('send-schedule-delete', 'DELETE the schedule', { method: 'DELETE', path });
		const deleted = this.steps.at(-1)?.answer.status === 200;
		if (!deleted) tell(`The schedule ${id} was not deleted. Delete it before ${sendTime} (China), or it is sent.`);
		await this.ask('send-schedule-gone', 'GET the schedule after that', { method: 'GET', path });
	}

	/** Pulls until the reports of these messages are there. */
	async reports(ids: Array<string | undefined>, pause: (ms: number) => Promise<void>): Promise<void> {
		const waiting = new Set(ids.filter((id) => id !== undefined));
		for (let pull = 0; pull < MOST_PULLS && waiting.size > 0; pull++) {
			if (pull > 0) await pause(PULL_MS);
			const reply = await request(this.service, call({ method: 'GET', path: '/report' }));
			const records = recordsOf(reply);
			const own = records.filter((record) => isRecord(record) && waiting.delete(String(record.msgId)));
			const others = records.filter((record) => !own.includes(record));
			if (others.length > 0) this.sending.keep(others);
			if (pull === 0)
				this.note(
					'send-first-pull',
					'GET /report at once',
					reply,
					records.length > 0 ? 'there was something to read' : undefined,
				);
			for (const record of own) this.noteReport(record, ids);
			if (pull > 0 && records.length === 0 && 'failure' in reply) break;
		}
	}

	private noteReport(record: unknown, ids: Array<string | undefined>): void {
		const { number, tell } = this.sending;
		const which = isRecord(record) && String(record.msgId) === ids[0] ? 'single' : 'batch';
		const reply: Reply = { status: 200, headers: {}, text: JSON.stringify(record) };
		const answer = answerOf(reply, { ownNumber: number });
		this.steps.push({ id: `send-report-${which}`, title: `Delivery report of the ${which} message`, fine: [], answer });
		if (isRecord(record)) tell(`Delivery report of the ${which} message: status ${String(record.status)}`);
	}

	/** A call that can send one SMS. */
	private async send(id: string, title: string, parts: Omit<Call, 'id' | 'title'>): Promise<unknown> {
		this.sent++;
		if (this.sent > MOST_SMS) throw new Error(`More than ${MOST_SMS} SMS were to be sent.`);
		return await this.ask(id, title, parts);
	}

	private async ask(id: string, title: string, parts: Omit<Call, 'id' | 'title'>): Promise<unknown> {
		const reply = await request(this.service, call(parts));
		this.note(id, title, reply);
		return 'text' in reply ? parse(reply.text) : undefined;
	}

	private note(id: string, title: string, reply: Reply, open?: string): void {
		const answer: Answer = answerOf(reply, { ownNumber: this.sending.number });
		this.steps.push({ id, title, fine: [], answer, ...(open !== undefined && { open }) });
	}
}

const call = (parts: Omit<Call, 'id' | 'title'>): Call => ({ id: '', title: '', ...parts });

function recordsOf(reply: Reply): unknown[] {
	const body = 'text' in reply ? parse(reply.text) : undefined;
	return Array.isArray(body) ? body : [];
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function idOf(body: unknown): string | undefined {
	const id = isRecord(body) ? body.msg_id : undefined;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
