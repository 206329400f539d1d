/** Which run of which node something belongs to. */
export interface Origin {
	execution: string;
	workflow: number;
	/** Name of the node. */
	node: string;
	/** n8n's run index: above 0 in a loop. */
	run: number;
	/** The simulated process. */
	owner: string;
}

/** Something that the service accepted. */
export interface LedgerEntry extends Origin {
	at: number;
	phone: string;
	/** msg_id, or schedule_id. */
	id: string;
	request: number;
	/** When the SMS is to go out, as it was asked for. */
	sendTime?: string;
}

/** A request that changes something, and what is certain about it. */
export interface Attempt extends Origin {
	at: number;
	/** The same by the wall clock, in milliseconds since 1970. */
	wallAt: number;
	request: number;
	phones: string[];
	/** Phones of those that were accepted. */
	accepted: string[];
	/**
	 * What the one who asked could be told: `clear`, nothing was sent and that was said; `told`, each phone's part was said in a
	 * response of the usual shape; `doubt` otherwise.
	 */
	certainty: 'clear' | 'told' | 'doubt';
	/** Phones of which a row said that they were refused. */
	refused: string[];
	/** The one who asked gave up. */
	isAborted: boolean;
	/** It was cancelled before it left. */
	neverLeft: boolean;
}
