import { takeLogs } from '../support/n8n';
import { startExecution, type ProcessModules } from './carrier/engine';
import { poll, takeCallback, type Taken } from './carrier/triggers';
import type { Entered, ExecutionResult } from './carrier/types';
import { now, restartClock } from './clock/install';
import type { Stall, VirtualClock } from './clock/virtualClock';
import { plainNode } from './world/makeNode';
import { EXPRESSION } from './world/expressions';
import { plainPerson } from './world/makePeople';
import { isBatch, SENDING, STABLE_KEYS } from './world/people';
import type { Activation, Forgery, NodePlan, Person, Step, World, WorkflowPlan } from './world/types';
import type { ModuleSource } from './process/modules';
import { streamOf } from './random';
import { Service } from './service/service';
import { DedupeStore } from './store/dedupeStore';
import { Visitors, type Visit } from './visitors';

/** What an execution was for: the world's own, others between, and what is tried at the end. */
export type RunKind = 'run' | 'filler' | 'probe' | 'heal';

/** One run of a workflow in one process. A re-run after a crash is another one, with the same execution. */
export interface Run {
	execution: string;
	kind: RunKind;
	process: number;
	workflow: number;
	plan: WorkflowPlan;
	people: Person[];
	from: number;
	/** When it ended by itself. */
	end?: number;
	/** When its process died. */
	killed?: number;
	/** When it was cancelled. */
	cancelled?: number;
	/** It continues a run whose process died. */
	isRerun: boolean;
	/** Which nodes were begun. */
	entered: Entered[];
	result?: ExecutionResult;
}

/** One poll of the polling trigger. */
export interface PollRun {
	name: string;
	process: number;
	activation: Activation;
	isProbe: boolean;
	/** A record that waited for it. */
	wanted?: number;
	end?: number;
	items?: Array<Record<string, unknown>>;
	error?: string;
}

/** One delivery of a callback. */
export interface CallbackRun {
	number: number;
	process: number;
	forged: Forgery | undefined;
	from: number;
	end?: number;
	taken?: Taken;
}

/** Everything that happened in a world. */
export interface History {
	world: World;
	trace: string[];
	runs: Run[];
	polls: PollRun[];
	callbacks: CallbackRun[];
	visits: Visit[];
	store: DedupeStore;
	/** Processes that have ended. */
	dead: ReadonlySet<string>;
	/** Which processes stood still, and when. */
	stalls: readonly Stall[];
	service: Service;
	logs: string[];
	uncaught: unknown[];
	/** Virtual time when what the processes do in the background had come to rest. */
	settledAt: number;
	/** Timers fired. */
	events: number;
}

/** Virtual milliseconds that are waited for a run of the world; none may take that long. */
const PATIENCE_MS = 3_600_000;
const SETTLING_MS = 120_000;
const PROBE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A world with more timers than this goes round in circles. */
const MAX_TIMERS = 400_000;

/**
 * Runs a world to its end, lets everything heal, runs every living process once more, and everybody with a key in a fresh one.
 *
 * Code of a simulated process is only ever entered from a timer that the process owns, so that the timers it sets are its own.
 */
export async function simulate(world: World, modules: ModuleSource): Promise<History> {
	const clock = restartClock(world.seed);
	takeLogs();
	const simulation = new Simulation(world, modules, clock);
	await simulation.drive();
	return {
		world,
		trace: simulation.lines,
		runs: simulation.runs,
		polls: simulation.polls,
		callbacks: simulation.callbacks,
		visits: simulation.visitors.visits,
		store: simulation.store,
		dead: clock.dead,
		stalls: clock.stalls,
		service: simulation.service,
		logs: takeLogs().map(({ message }) => message),
		uncaught: clock.uncaught,
		settledAt: simulation.settledAt,
		events: clock.fired,
	};
}

class Simulation {
	readonly lines: string[] = [];
	readonly runs: Run[] = [];
	readonly polls: PollRun[] = [];
	readonly callbacks: CallbackRun[] = [];
	readonly visitors: Visitors;
	readonly store: DedupeStore;
	readonly service: Service;
	settledAt = Infinity;
	readonly #credential = { works: true };
	readonly #processes = new Map<number, ProcessModules>();
	readonly #cancels = new Map<Run, () => void>();
	#waiting: Array<() => boolean> = [];
	#fillers = 0;
	/** When the last process that stands still goes on. */
	#stalledUntil = 0;
	/** When callbacks were sent first, by their number. */
	readonly #sent = new Map<number, number>();

	constructor(
		private readonly world: World,
		private readonly modules: ModuleSource,
		private readonly clock: VirtualClock,
	) {
		const trace = (line: string) => this.#trace(line);
		const random = (subject: string) => streamOf(world.seed, subject);
		this.store = new DedupeStore(world.store, clock, random('store'), trace);
		this.service = new Service(world.service, world.inbox, clock, random('service'), trace);
		this.visitors = new Visitors(
			clock,
			this.service,
			(process) => this.#modulesOf(process),
			(text) => {
				this.#trace(text);
				this.#look();
			},
		);
	}

	async drive(): Promise<void> {
		let ended: { error?: unknown } | undefined;
		const play = () => {
			this.#play().then(
				() => (ended = {}),
				(error: unknown) => (ended = { error }),
			);
		};
		this.clock.schedule(play, 0, 'world');
		const ending = await this.clock.run(() => ended !== undefined, MAX_TIMERS);
		if (ended?.error !== undefined) throw ended.error;
		if (ending === 'late') this.#trace(`stopped after ${MAX_TIMERS} timers`);
	}

	async #play(): Promise<void> {
		for (const step of this.world.steps) {
			if (step.after === 'end') await this.#wait(() => this.runs.every(isOver), PATIENCE_MS);
			if (step.gap > 0) await this.clock.sleep(step.gap, 'world');
			await this.#take(step);
		}
		const { polls } = this;
		const { visits } = this.visitors;
		const isAllOver = () => this.runs.every(isOver) && [...polls, ...visits].every((one) => this.#isDone(one));
		await this.#wait(isAllOver, PATIENCE_MS);
		await this.clock.sleep(SETTLING_MS + Math.max(0, this.#stalledUntil - this.clock.now), 'world');
		this.settledAt = this.clock.now;
		this.store.isHealed = this.service.isHealed = this.#credential.works = true;
		for (const process of this.#living()) await this.#probe(process);
		for (const [position, plan] of this.world.workflows.entries()) await this.#heal(position, plan);
		for (const process of new Set(polls.map((one) => one.process))) await this.#probePolling(process);
		await this.#probeVisits([...visits]);
	}

	async #take(step: Step): Promise<void> {
		switch (step.do) {
			case 'run': {
				const people = step.people.map((index) => this.world.people[index]).filter((one) => one !== undefined);
				this.#begin(step.execution, 'run', step.process, step.workflow, people);
				return;
			}
			case 'cancel':
				return this.#cancel(step.execution);
			case 'crash': {
				const victims = this.#stop(step.process, 'crash');
				await this.clock.sleep(step.delay, 'world');
				for (const run of step.rerun ? victims : []) {
					if (run.kind !== 'run' || run.cancelled !== undefined) continue;
					this.#begin(run.execution, 'run', step.to, run.workflow, run.people, { isRerun: true });
				}
				return;
			}
			case 'restart':
				this.#stop(step.process, 'restart');
				return;
			case 'filler':
				return await this.#fill(step.process, step.workflow, step.count, step.keyed);
			case 'credential':
				this.#credential.works = step.works;
				return this.#trace(`the credential ${step.works ? 'works' : 'is gone'}`);
			case 'poll':
				this.#poll(step.process, step.activation);
				return;
			case 'callback':
				return this.#callback(step.process, step.number, step.forged);
			case 'visit': {
				const { visitor, wants, startFails = false } = step;
				this.visitors.request({ process: this.#alive(step.process), visitor, wish: wants, startFails });
				return;
			}
			case 'jump':
				now.shift += step.ms;
				return this.#trace(`the wall clock jumps by ${step.ms}`);
			case 'stall':
				this.#stalledUntil = Math.max(this.#stalledUntil, this.clock.now + step.ms);
				this.clock.stall(ownerOf(this.#alive(step.process)), step.ms);
				return this.#trace(`${ownerOf(step.process)} stands still for ${step.ms}`);
		}
	}

	#poll(wanted: number, activation: Activation, probe?: { record?: number }): PollRun {
		const process = this.#alive(wanted);
		const run: PollRun = {
			name: `poll${this.polls.length}`,
			process,
			activation,
			isProbe: probe !== undefined,
			...(probe?.record !== undefined && { wanted: probe.record }),
		};
		this.polls.push(run);
		const end = (values: Partial<PollRun>) => {
			Object.assign(run, values, { end: this.clock.now });
			this.#trace(`${run.name} (${activation}) ended: ${run.error ?? `${run.items?.length ?? 0} records`}`);
			this.#look();
		};
		const start = () => {
			poll(this.#modulesOf(process), this.service, run.name, activation).then(
				(items) => end({ items: items?.map(({ json }) => json) }),
				(error: unknown) => end({ error: error instanceof Error ? error.message : String(error) }),
			);
		};
		this.clock.schedule(start, 0, ownerOf(process));
		return run;
	}

	#isDone({ end, process }: { end?: number; process: number }): boolean {
		return end !== undefined || this.clock.dead.has(ownerOf(process));
	}

	#callback(wanted: number, number: number, forged: Forgery | undefined): void {
		const process = this.#alive(wanted);
		const run: CallbackRun = { number, process, forged, from: this.clock.now };
		this.callbacks.push(run);
		const sentAt = this.#sent.get(number) ?? Date.now();
		this.#sent.set(number, sentAt);
		const start = () => {
			takeCallback(this.#modulesOf(process), number, sentAt, forged).then(
				(taken) => {
					Object.assign(run, { taken, end: this.clock.now });
					const what = `callback ${number}${forged ? ` (forged: ${forged})` : ''}`;
					this.#trace(`${what}: ${taken.status}${taken.items ? ', started' : ''}`);
				},
				(error: unknown) => this.clock.uncaught.push(error),
			);
		};
		this.clock.schedule(start, 0, ownerOf(process));
	}

	/** A process that has died takes nothing new; the one in its place does. */
	#alive(wanted: number): number {
		let process = wanted;
		while (this.clock.dead.has(ownerOf(process))) process += 10;
		return process;
	}

	#begin(
		execution: string,
		kind: RunKind,
		wanted: number,
		workflow: number,
		people: Person[],
		{ plan = this.world.workflows[workflow], isRerun = false }: { plan?: WorkflowPlan; isRerun?: boolean } = {},
	): Run {
		const process = this.#alive(wanted);
		const run: Run = { execution, kind, process, workflow, plan, people, from: this.clock.now, isRerun, entered: [] };
		this.runs.push(run);
		this.#trace(`${kind} ${execution} in ${ownerOf(process)}, ${people.length} items`);
		const end = (result: ExecutionResult) => {
			run.result = result;
			run.end = this.clock.now;
			this.#trace(`${execution} ended: ${result.error?.message ?? (result.isCancelled ? 'cancelled' : 'success')}`);
			this.#look();
		};
		const start = () => {
			const { store, service } = this;
			const started = startExecution({
				execution,
				workflow,
				plan,
				people: structuredClone(people),
				modules: this.#modulesOf(process),
				store,
				service,
				credential: this.#credential,
				onEnter: (entered) => run.entered.push(entered),
			});
			this.#cancels.set(run, started.cancel);
			started.result.then(end, (error: unknown) => {
				end({
					isCancelled: false,
					turns: [],
					error: { message: String(error instanceof Error ? error.stack : error) },
				});
			});
		};
		this.clock.schedule(start, 0, ownerOf(process));
		return run;
	}

	#cancel(execution: string): void {
		const run = this.runs.findLast((one) => one.execution === execution);
		if (!run || isOver(run)) return;
		const cancel = () => {
			const stop = this.#cancels.get(run);
			if (isOver(run) || !stop) return;
			run.cancelled = this.clock.now;
			this.#trace(`cancel ${execution}`);
			stop();
		};
		this.clock.schedule(cancel, 0, ownerOf(run.process));
	}

	/** Ends a process; gives the runs that it was at. */
	#stop(process: number, how: string): Run[] {
		const victims = this.runs.filter((run) => run.process === process && !isOver(run));
		this.#trace(`${how} of ${ownerOf(process)}, which was at ${victims.length} runs`);
		this.clock.kill(ownerOf(process));
		for (const run of victims) run.killed = this.clock.now;
		this.#look();
		return victims;
	}

	async #fill(process: number, workflow: number, count: number, keyed: boolean): Promise<void> {
		const plan = plainWorkflow(this.world.workflows[workflow], keyed ? () => EXPRESSION.key : undefined);
		for (let left = count; left > 0; left -= 1) {
			const number = this.#fillers++;
			const person = plainPerson(number, `139${10000000 + number}`, `f${number}`);
			const run = this.#begin(`f${number}`, 'filler', process, workflow, [person], { plan });
			if (!(await this.#wait(() => isOver(run), PROBE_MS * 2))) return;
		}
	}

	#living(): number[] {
		return [...this.#processes.keys()].filter((process) => !this.clock.dead.has(ownerOf(process)));
	}

	/** A run like any other in a process that has been through the world. */
	async #probe(process: number): Promise<void> {
		const person = plainPerson(process, `137${String(process).padStart(8, '0')}`, `probe${process}`);
		const plan = plainWorkflow(this.world.workflows[0], () => EXPRESSION.key);
		const run = this.#begin(`probe${process}`, 'probe', process, 0, [person], { plan });
		await this.#wait(() => isOver(run), PROBE_MS);
	}

	/** A process that polled goes on doing so: what comes now is read. The first poll may still tell of an earlier failure. */
	async #probePolling(process: number): Promise<void> {
		if (this.clock.dead.has(ownerOf(process))) return;
		const told = this.#poll(process, 'update', {});
		await this.#wait(() => told.end !== undefined, PROBE_MS);
		await this.clock.sleep(PROBE_MS, 'world');
		const run = this.#poll(process, 'update', { record: this.service.inbox.add('report') });
		await this.#wait(() => run.end !== undefined, PROBE_MS);
	}

	/** Somebody new can verify a number where others did; a day later those others can, too. */
	async #probeVisits(visits: readonly Visit[]): Promise<void> {
		for (const process of new Set(visits.map((one) => one.process))) {
			await this.#verify(process, 900 + process, 'somebodyNew');
		}
		if (visits.length > 0) await this.clock.sleep(DAY_MS, 'world');
		const seen = new Map(visits.map((one) => [`${one.process}/${one.visitor}`, one]));
		for (const { process, visitor } of seen.values()) await this.#verify(process, visitor, 'again');
	}

	async #verify(process: number, visitor: number, probe: Visit['probe']): Promise<void> {
		if (this.clock.dead.has(ownerOf(process))) return;
		for (const wish of ['code', 'check'] as const) {
			const visit = this.visitors.request({ process, visitor, wish, startFails: false }, probe);
			await this.#wait(() => visit === undefined || visit.end !== undefined, PROBE_MS);
		}
		// The next process may be asked for the same number.
		await this.clock.sleep(PROBE_MS, 'world');
	}

	/** Everybody with a key once more, in a process that has seen nothing. */
	async #heal(workflow: number, { nodes }: WorkflowPlan): Promise<void> {
		const isKeyed = (node: NodePlan) =>
			STABLE_KEYS.includes(node.options.sendOnceKey) && SENDING.includes(node.operation);
		if (!nodes.some(isKeyed)) return;
		const plan = plainWorkflow({ nodes }, (node) => (isKeyed(node) ? node.options.sendOnceKey : undefined));
		const run = this.#begin(`heal${workflow}`, 'heal', HEALTHY, workflow, this.world.people, { plan });
		await this.#wait(() => isOver(run), PATIENCE_MS);
	}

	#modulesOf(process: number): ProcessModules {
		let modules = this.#processes.get(process);
		if (!modules) this.#processes.set(process, (modules = this.modules.fresh(this.world.knobs)));
		return modules;
	}

	/** Waits until something is so; false when it took longer than the limit. */
	async #wait(until: () => boolean, limit: number): Promise<boolean> {
		return await new Promise((resolve) => {
			const test = () => {
				if (!until()) return false;
				timer.isOff = true;
				this.clock.schedule(() => resolve(true), 0, 'world');
				return true;
			};
			const giveUp = () => {
				this.#waiting = this.#waiting.filter((one) => one !== test);
				resolve(false);
			};
			const timer = this.clock.schedule(giveUp, limit, 'world');
			if (!test()) this.#waiting.push(test);
		});
	}

	#look(): void {
		this.#waiting = this.#waiting.filter((test) => !test());
	}

	#trace(line: string): void {
		this.lines.push(`${this.clock.now} ${this.clock.owner}: ${line}`);
	}
}

/** A number that no step uses. */
const HEALTHY = 1000;

const ownerOf = (process: number) => `p${process}`;

export const isOver = (run: Run) => run.end !== undefined || run.killed !== undefined;

/**
 * The same nodes, without anything that could be wrong.
 * @param keyOf gives a node's Send Once Key
 */
function plainWorkflow({ nodes }: WorkflowPlan, keyOf: ((node: NodePlan) => unknown) | undefined): WorkflowPlan {
	return {
		nodes: nodes.map((node) => {
			const operation = SENDING.includes(node.operation) ? node.operation : 'send';
			const key = keyOf?.(node);
			return {
				...plainNode(operation),
				recipientsFrom: isBatch(operation) ? node.recipientsFrom : 'inputItems',
				onError: 'continueRegularOutput',
				options: key === undefined ? {} : { sendOnceKey: key },
			};
		}),
	};
}
