import { takeLogs } from '../support/n8n';
import { now, restartClock } from './clock/install';
import type { VirtualClock } from './clock/virtualClock';
import { isOver, type History } from './history';
import type { ModuleSource } from './process/modules';
import { Executions } from './simulation/executions';
import { Probes } from './simulation/probes';
import { ownerOf, Stage } from './simulation/stage';
import { Triggers } from './simulation/triggers';
import { Visitors } from './simulation/visitors';
import type { Step, World } from './world/types';

/** Virtual milliseconds that are waited for a run of the world; none may take that long. */
const PATIENCE_MS = 3_600_000;
const SETTLING_MS = 120_000;
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
	const stage = new Stage(world, modules, clock);
	const simulation = new Simulation(stage);
	await runToEnd(stage, clock, () => simulation.play());
	return {
		world,
		trace: stage.lines,
		runs: simulation.executions.runs,
		polls: simulation.triggers.polls,
		callbacks: simulation.triggers.callbacks,
		visits: simulation.visitors.visits,
		store: stage.store,
		dead: clock.dead,
		stalls: clock.stalls,
		service: stage.service,
		logs: takeLogs().map(({ message }) => message),
		uncaught: clock.uncaught,
		settledAt: simulation.settledAt,
		events: clock.fired,
	};
}

/** Fires timers until the world has been played. */
async function runToEnd(stage: Stage, clock: VirtualClock, play: () => Promise<void>): Promise<void> {
	let ended: { error?: unknown } | undefined;
	const start = () => {
		play().then(
			() => (ended = {}),
			(error: unknown) => (ended = { error }),
		);
	};
	clock.schedule(start, 0, 'world');
	const ending = await clock.run(() => ended !== undefined, MAX_TIMERS);
	if (ended?.error !== undefined) throw ended.error;
	if (ending === 'late') stage.trace(`stopped after ${MAX_TIMERS} timers`);
}

/** The steps of a world, one after the other. */
class Simulation {
	readonly executions: Executions;
	readonly triggers: Triggers;
	readonly visitors: Visitors;
	settledAt = Infinity;
	readonly #probes: Probes;
	/** When the last process that stands still goes on. */
	#stalledUntil = 0;

	constructor(private readonly stage: Stage) {
		this.executions = new Executions(stage);
		this.triggers = new Triggers(stage);
		this.visitors = new Visitors(stage);
		this.#probes = new Probes(stage, this.executions, this.triggers, this.visitors);
	}

	async play(): Promise<void> {
		const { stage } = this;
		const { runs } = this.executions;
		const { polls } = this.triggers;
		const { visits } = this.visitors;
		for (const step of stage.world.steps) {
			if (step.after === 'end') await stage.wait(() => runs.every(isOver), PATIENCE_MS);
			if (step.gap > 0) await stage.clock.sleep(step.gap, 'world');
			await this.#take(step);
		}
		const isDone = ({ end, process }: { end?: number; process: number }) => end !== undefined || stage.isDead(process);
		await stage.wait(() => runs.every(isOver) && [...polls, ...visits].every(isDone), PATIENCE_MS);
		await stage.clock.sleep(SETTLING_MS + Math.max(0, this.#stalledUntil - stage.clock.now), 'world');
		this.settledAt = stage.clock.now;
		stage.store.isHealed = stage.service.isHealed = stage.credential.works = true;
		await this.#probes.probeAll();
	}

	async #take(step: Step): Promise<void> {
		const { stage, executions } = this;
		switch (step.do) {
			case 'run': {
				const people = step.people.map((index) => stage.world.people[index]).filter((one) => one !== undefined);
				executions.begin(step.execution, 'run', step.process, step.workflow, people);
				return;
			}
			case 'cancel':
				return executions.cancel(step.execution);
			case 'crash': {
				const victims = executions.stop(step.process, 'crash');
				await stage.clock.sleep(step.delay, 'world');
				for (const run of step.rerun ? victims : []) {
					if (run.kind !== 'run' || run.cancelled !== undefined) continue;
					executions.begin(run.execution, 'run', step.to, run.workflow, run.people, { isRerun: true });
				}
				return;
			}
			case 'restart':
				executions.stop(step.process, 'restart');
				return;
			case 'filler':
				return await this.#probes.fill(step.process, step.workflow, step.count, step.keyed);
			case 'credential':
				stage.credential.works = step.works;
				return stage.trace(`the credential ${step.works ? 'works' : 'is gone'}`);
			case 'poll':
				this.triggers.poll(step.process, step.activation);
				return;
			case 'callback':
				return this.triggers.callback(step.process, step.number, step.forged);
			case 'visit': {
				const { visitor, wants, startFails = false } = step;
				this.visitors.request({ process: stage.alive(step.process), visitor, wish: wants, startFails });
				return;
			}
			case 'jump':
				now.shift += step.ms;
				return stage.trace(`the wall clock jumps by ${step.ms}`);
			case 'stall':
				this.#stalledUntil = Math.max(this.#stalledUntil, stage.clock.now + step.ms);
				stage.clock.stall(ownerOf(stage.alive(step.process)), step.ms);
				return stage.trace(`${ownerOf(step.process)} stands still for ${step.ms}`);
		}
	}
}
