import type { Person } from '../world/types';

/** What an execution came to, as n8n stores it. */
export interface ExecutionResult {
	isCancelled: boolean;
	turns: Turn[];
	/** What stopped it, and the node that ran last. */
	error?: { message: string; description?: string; context?: unknown; node?: string };
}

/** One run of one node. */
export interface Turn {
	node: string;
	run: number;
	outputs: OutputItem[][];
	/** What was said above the rows. */
	hints: string[];
	/** Message of the error that the node threw. */
	error?: string;
}

export interface OutputItem {
	json: Record<string, unknown>;
	/** Position of the input item that it comes from. */
	item: number | undefined;
}

/** A node was begun with these items; once more for each retry. */
export interface Entered {
	node: string;
	run: number;
	people: Person[];
}

/** An execution under way. */
export interface Execution {
	result: Promise<ExecutionResult>;
	cancel(): void;
}
