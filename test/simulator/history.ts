import type { Taken } from './carrier/triggers';
import type { Entered, ExecutionResult } from './carrier/types';
import type { Stall } from './clock/virtualClock';
import type { Service } from './service/service';
import type { Visit } from './simulation/visitors';
import type { DedupeStore } from './store/dedupeStore';
import type { Activation, Forgery, Person, World, WorkflowPlan } from './world/types';

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

/** Whether a run has ended by itself or with its process. */
export const isOver = (run: Run) => run.end !== undefined || run.killed !== undefined;
