/** What a broken connection led to, as test/fixtures/transport keeps it. */
export interface Recording {
	/** Version */
	n8nCore: string;
	/** Major version */
	node: number;
	/** By the names of `SITUATIONS` */
	situations: Record<string, RecordedSituation>;
}

/** The last three are missing where nothing was thrown. */
export interface RecordedSituation {
	what: string;
	/** What the node must make of it */
	means: string;
	/** What the node made of it */
	found: string;
	/** Where it broke: before the response began, or in it */
	while?: 'request' | 'answer';
	/** HTTP status of a response that broke */
	status?: number;
	error?: RecordedError;
}

/** The parts of an error that say what happened. */
export interface RecordedError {
	message: string;
	name?: string;
	httpCode?: string | number;
	code?: string;
	syscall?: string;
	messages?: string[];
	errors?: RecordedError[];
	cause?: RecordedError;
}
