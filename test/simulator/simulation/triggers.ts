import { poll, takeCallback } from '../carrier/triggers';
import type { CallbackRun, PollRun } from '../history';
import type { Activation, Forgery } from '../world/types';
import type { Stage } from './stage';

/** Polls of the polling trigger, and callbacks that JSMS delivers. */
export class Triggers {
	readonly polls: PollRun[] = [];
	readonly callbacks: CallbackRun[] = [];
	/** When callbacks were sent first, by their number. */
	readonly #sent = new Map<number, number>();

	constructor(private readonly stage: Stage) {}

	poll(wanted: number, activation: Activation, probe?: { record?: number }): PollRun {
		const process = this.stage.alive(wanted);
		const run: PollRun = {
			name: `poll${this.polls.length}`,
			process,
			activation,
			isProbe: probe !== undefined,
			...(probe?.record !== undefined && { wanted: probe.record }),
		};
		this.polls.push(run);
		const end = (values: Partial<PollRun>) => {
			Object.assign(run, values, { end: this.stage.clock.now });
			this.stage.trace(`${run.name} (${activation}) ended: ${run.error ?? `${run.items?.length ?? 0} records`}`);
			this.stage.look();
		};
		const start = () => {
			poll(this.stage.modulesOf(process), this.stage.service, run.name, activation).then(
				(items) => end({ items: items?.map(({ json }) => json) }),
				(error: unknown) => end({ error: error instanceof Error ? error.message : String(error) }),
			);
		};
		this.stage.enter(process, start);
		return run;
	}

	callback(wanted: number, number: number, forged: Forgery | undefined): void {
		const process = this.stage.alive(wanted);
		const run: CallbackRun = { number, process, forged, from: this.stage.clock.now };
		this.callbacks.push(run);
		const sentAt = this.#sent.get(number) ?? Date.now();
		this.#sent.set(number, sentAt);
		const start = () => {
			takeCallback(this.stage.modulesOf(process), number, sentAt, forged).then(
				(taken) => {
					Object.assign(run, { taken, end: this.stage.clock.now });
					const what = `callback ${number}${forged ? ` (forged: ${forged})` : ''}`;
					this.stage.trace(`${what}: ${taken.status}${taken.items ? ', started' : ''}`);
				},
				(error: unknown) => this.stage.clock.uncaught.push(error),
			);
		};
		this.stage.enter(process, start);
	}
}
