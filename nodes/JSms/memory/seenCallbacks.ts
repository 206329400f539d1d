/** The part of an HTTP answer that tells what became of it. */
export interface Answer {
	readonly statusCode: number;
	/** True once n8n has given its answer, also when nobody was there any more to take it. */
	readonly writableEnded: boolean;
	/** The answer was delivered, or the connection broke. */
	once(event: 'close', listener: () => void): unknown;
}

/**
 * `new`: not seen before. `seen`: already started an execution. `underWay`: seen, but n8n has not said yet whether the
 * execution could be started, and the one who asked has gone.
 */
export type Standing = 'new' | 'seen' | 'underWay';

interface UnderWay {
	answer: Answer;
	closed: boolean;
	whenClosed: Promise<void>;
}

/** So many unanswered callbacks are kept without looking whether they were answered in the meantime. */
const SWEEP_ABOVE = 1000;

/**
 * Remembers which callbacks have started an execution, so that a repeat starts nothing twice.
 *
 * A callback counts as seen once n8n has answered it with success. Not before: when the execution could not be started,
 * the service repeats the callback, and the repeat must get through. (n8n 1.x answers before it stores the execution, so
 * there success is only a promise; n8n 2.x answers after it.) The same callback at the same moment waits for the answer
 * to the first.
 *
 * The memory is this process's own and ends with it: n8n has no store for webhooks that several processes can use at the
 * same moment. What n8n offers there, a workflow's static data, is written as a whole after each call, so that calls at
 * the same moment undo each other's entries, and it is copied into every execution.
 */
export class SeenCallbacks {
	private readonly seen = new Set<string>();

	private readonly underWay = new Map<string, UnderWay>();

	/** @param capacity how many callbacks are remembered; the oldest make room */
	constructor(private readonly capacity: number) {}

	/**
	 * Asks for a callback, and notes it as under way when it is new.
	 *
	 * @param key    names the callback
	 * @param answer the one that n8n is going to give to this callback
	 */
	async look(key: string, answer: Answer): Promise<Standing> {
		for (;;) {
			this.settle(key);
			if (this.seen.has(key)) return 'seen';
			const earlier = this.underWay.get(key);
			if (!earlier) break;
			if (earlier.closed) return 'underWay';
			await earlier.whenClosed;
		}
		this.note(key, answer);
		return 'new';
	}

	private note(key: string, answer: Answer): void {
		if (this.underWay.size >= SWEEP_ABOVE) for (const one of [...this.underWay.keys()]) this.settle(one);
		let close = () => {};
		const noted: UnderWay = { answer, closed: false, whenClosed: new Promise((resolve) => (close = resolve)) };
		this.underWay.set(key, noted);
		answer.once('close', () => {
			noted.closed = true;
			if (this.underWay.get(key) === noted) this.settle(key);
			close();
		});
	}

	/** An answer given to a broken connection never arrives, but it tells as much as one that does. */
	private settle(key: string): void {
		const answer = this.underWay.get(key)?.answer;
		if (!answer?.writableEnded) return;
		this.underWay.delete(key);
		if (answer.statusCode < 300) this.remember(key);
	}

	private remember(key: string): void {
		this.seen.add(key);
		for (const oldest of this.seen) {
			if (this.seen.size <= this.capacity) break;
			this.seen.delete(oldest);
		}
	}
}
