import { startExecution } from '../carrier/engine';
import type { ExecutionResult } from '../carrier/types';
import { isOver, type Run, type RunKind } from '../history';
import type { Person, WorkflowPlan } from '../world/types';
import { ownerOf, type Stage } from './stage';

/** Runs of workflows, and the end of the processes that they run in. */
export class Executions {
	readonly runs: Run[] = [];
	readonly #cancels = new Map<Run, () => void>();

	constructor(private readonly stage: Stage) {}

	begin(
		execution: string,
		kind: RunKind,
		wanted: number,
		workflow: number,
		people: Person[],
		{ plan = this.stage.world.workflows[workflow], isRerun = false }: { plan?: WorkflowPlan; isRerun?: boolean } = {},
	): Run {
		const process = this.stage.alive(wanted);
		const run: Run = {
			execution,
			kind,
			process,
			workflow,
			plan,
			people,
			from: this.stage.clock.now,
			isRerun,
			entered: [],
		};
		this.runs.push(run);
		this.stage.trace(`${kind} ${execution} in ${ownerOf(process)}, ${people.length} items`);
		const end = (result: ExecutionResult) => {
			run.result = result;
			run.end = this.stage.clock.now;
			this.stage.trace(
				`${execution} ended: ${result.error?.message ?? (result.isCancelled ? 'cancelled' : 'success')}`,
			);
			this.stage.look();
		};
		const start = () => {
			const { store, service, credential } = this.stage;
			const started = startExecution({
				execution,
				workflow,
				plan,
				people: structuredClone(people),
				modules: this.stage.modulesOf(process),
				store,
				service,
				credential,
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
		this.stage.enter(process, start);
		return run;
	}

	cancel(execution: string): void {
		const run = this.runs.findLast((one) => one.execution === execution);
		if (!run || isOver(run)) return;
		const cancel = () => {
			const stop = this.#cancels.get(run);
			if (isOver(run) || !stop) return;
			run.cancelled = this.stage.clock.now;
			this.stage.trace(`cancel ${execution}`);
			stop();
		};
		this.stage.enter(run.process, cancel);
	}

	/** Ends a process; gives the runs that it was at. */
	stop(process: number, how: string): Run[] {
		const victims = this.runs.filter((run) => run.process === process && !isOver(run));
		this.stage.trace(`${how} of ${ownerOf(process)}, which was at ${victims.length} runs`);
		this.stage.clock.kill(ownerOf(process));
		for (const run of victims) run.killed = this.stage.clock.now;
		this.stage.look();
		return victims;
	}
}
