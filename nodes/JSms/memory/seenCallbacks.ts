/** The part of an HTTP answer that tells what became of it. */
export interface Answer {
	readonly statusCode: number;
	/** True once n8n has given its answer, also when nobody was there any more to take it. */
	readonly writableEnded: boolean;
	/** The answer was delivered, or the connection broke. */
	once(event: 'close', listener: () => void): unknown;
}

/**
 * `new`: not seen before. `seen`: already taken. `underWay`: seen, but n8n has not said yet whether the execution could be
 * started, and the one who asked has gone. `altered`: its signature came before, with other content.
 */
export type Standing = 'new' | 'seen' | 'underWay' | 'altered';

interface UnderWay {
	content: string;
	answer: Answer;
	closed: boolean;
	whenClosed: Promise<void>;
}

/** So many unanswered callbacks are kept without looking whether they were answered in the meantime. */
const SWEEP_ABOVE = 1000;

/**
 * Remembers which callbacks were taken, so that a repeat starts nothing twice, and so that nobody who got hold of one can
 * use its signature for other content: the service does not sign the content.
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
	/** By signature, the content that came with it. */
	private readonly seen = new Map<string, string>();

	private readonly underWay = new Map<string, UnderWay>();

	/** @param capacity how many callbacks are remembered; the oldest make room */
	constructor(private readonly capacity: number) {}

	/**
	 * Asks for a callback, and notes it as under way when it is new.
	 *
	 * @param key     names its signature
	 * @param content names what came with the signature
	 * @param answer  the one that n8n is going to give to this callback
	 */
	async look(key: string, content: string, answer: Answer): Promise<Standing> {
		for (;;) {
			this.finish(key);
			const taken = this.seen.get(key);
			if (taken !== undefined) return taken === content ? 'seen' : 'altered';
			const earlier = this.underWay.get(key);
			if (!earlier) break;
			if (earlier.content !== content) return 'altered';
			if (earlier.closed) return 'underWay';
			await earlier.whenClosed;
		}
		this.note(key, content, answer);
		return 'new';
	}

	private note(key: string, content: string, answer: Answer): void {
		if (this.underWay.size >= SWEEP_ABOVE) for (const one of [...this.underWay.keys()]) this.finish(one);
		let close = () => {};
		const whenClosed = new Promise<void>((resolve) => (close = resolve));
		const noted: UnderWay = { content, answer, closed: false, whenClosed };
		this.underWay.set(key, noted);
		answer.once('close', () => {
			noted.closed = true;
			this.finish(key);
			close();
		});
	}

	/** An answer given to a broken connection never arrives, but it tells as much as one that does. */
	private finish(key: string): void {
		const noted = this.underWay.get(key);
		if (!noted?.answer.writableEnded) return;
		this.underWay.delete(key);
		if (noted.answer.statusCode < 300) this.remember(key, noted.content);
	}

	private remember(key: string, content: string): void {
		this.seen.set(key, content);
		const [oldest] = this.seen.keys();
		if (this.seen.size > this.capacity) this.seen.delete(oldest);
	}
}
