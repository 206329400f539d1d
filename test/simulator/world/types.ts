/** A world as plain JSON: all that happens in it can be kept, read, shrunk and replayed. */
export interface World {
	/** Drives what is left to chance while the world runs: latencies, the order of what happens at the same moment. */
	seed: number;
	/** `small` makes the package's constants small, so that memories overflow in small worlds. */
	knobs: Knobs;
	people: Person[];
	workflows: WorkflowPlan[];
	steps: Step[];
	store: { ms: number; faults: Record<number, StoreFault> };
	service: { ms: number; faults: Record<number, ServiceFault> };
	inbox: InboxPlan;
}

/** What waits to be pulled. */
export interface InboxPlan {
	reports: number;
	replies: number;
	/** Records by their number, reports first. */
	odd: Record<number, 'withoutId' | 'error'>;
	/** Records that one call hands out. */
	pageSize: number;
}

/** How n8n says why it polls. */
export type Activation = 'activate' | 'init' | 'leadershipChange' | 'update';

/** What is false about a callback: it is signed by a stranger, or its data was put under a signature that was seen. */
export type Forgery = 'signature' | 'data';

/**
 * What a visitor of the verification trigger asks for: a first code, another one, to have the right or a wrong one checked, or
 * once more what was asked last, with the same token.
 */
export type Wish = 'code' | 'another' | 'check' | 'wrongCheck' | 'reload';

export type Knobs = 'real' | 'small';

/** What an input item holds. */
export interface Person {
	phone: string;
	/** Further numbers in the item's list of recipients. */
	more?: string[];
	key?: string | null;
	text: string;
	when: string;
	order: { id?: string | null };
	/** Of a schedule. */
	id: string;
}

export interface WorkflowPlan {
	/** Each gets the items of the run, one after the other. */
	nodes: NodePlan[];
	/** Items per round of a loop around the nodes; without it they get all items at once. */
	loop?: number;
}

export type Operation =
	| 'pullReports'
	| 'pullReplies'
	| 'preview'
	| 'send'
	| 'sendBatch'
	| 'sendText'
	| 'sendVoice'
	| 'create'
	| 'createBatch'
	| 'update'
	| 'delete';

/** A node's fields and settings. Texts that begin with `=` are expressions. */
export interface NodePlan {
	operation: Operation;
	mobile: string;
	/** The value of the template's only parameter. */
	text: string;
	when: string;
	templateId: number | string;
	recipientsFrom: 'inputItems' | 'list';
	list: ListForm;
	options: Record<string, unknown>;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** More than one: Retry On Fail. */
	tries: number;
	/** Milliseconds between tries. */
	wait: number;
	executeOnce: boolean;
	tool: boolean;
}

/** How the list of recipients is given: as it should be, as plain numbers, or as a text that is no list. */
export type ListForm = 'objects' | 'numbers' | 'commas';

/** When a step begins: so long after the step before it began, or after everything that runs has ended. */
interface Moment {
	after: 'start' | 'end';
	gap: number;
}

export type Step = Moment &
	(
		| { do: 'run'; execution: string; process: number; workflow: number; people: number[] }
		| { do: 'cancel'; execution: string }
		/** A process dies. n8n 1.x runs what it was at again under the same ID, elsewhere; 2.x does not. */
		| { do: 'crash'; process: number; to: number; delay: number; rerun: boolean }
		/** A process is ended while nothing runs. */
		| { do: 'restart'; process: number; to: number }
		/** Short runs of other people, one after the other. */
		| { do: 'filler'; process: number; workflow: number; count: number; keyed: boolean }
		/** The wall clock is set. */
		| { do: 'jump'; ms: number }
		/** A process stands still, as a laptop that sleeps. */
		| { do: 'stall'; process: number; ms: number }
		/** Somebody deletes the credential, or mends it. */
		| { do: 'credential'; works: boolean }
		/** The polling trigger. */
		| { do: 'poll'; process: number; activation: Activation }
		/** JSMS delivers a callback; the same number again is a repetition. */
		| { do: 'callback'; process: number; number: number; forged?: Forgery }
		/** Somebody verifies a number at the verification trigger; `startFails`: n8n cannot start the workflow then. */
		| { do: 'visit'; process: number; visitor: number; wants: Wish; startFails?: true }
	);

export type StoreFault =
	| { kind: 'slow'; ms: number }
	| { kind: 'hang' }
	| { kind: 'refuse' }
	/** The database has written, and the caller hears that it failed. */
	| { kind: 'refuseAfter' };

export type ServiceFault =
	| { kind: 'refuse'; code: number; message: string; status?: number }
	/** Rows whose number ends in one of these digits are refused. */
	| { kind: 'rowsRefused'; digits: string; code: string }
	| { kind: 'tooMany'; retryAfter?: number }
	| { kind: 'connectionRefused' }
	/** After: the service has done what was asked. */
	| { kind: 'reset'; when: 'before' | 'after'; thenDue?: boolean }
	| { kind: 'hang'; when: 'before' | 'after' }
	| { kind: 'status'; when: 'before' | 'after'; status: number; body?: string }
	| { kind: 'serverError' }
	/** The response breaks off in the middle. */
	| { kind: 'cut' }
	/** The response comes, and the connection stays open. */
	| { kind: 'drip' }
	| { kind: 'slow'; ms: number }
	/** A response of an odd shape, after everything was accepted. */
	| { kind: 'odd'; shape: string };
