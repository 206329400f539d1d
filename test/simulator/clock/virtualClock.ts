import type { Random } from '../random';

/** A function that waits for its time. */
export interface Timer {
	/** Virtual milliseconds. */
	at: number;
	/** Among timers of the same millisecond the lowest goes first. */
	tie: number;
	number: number;
	run: () => void;
	owner: string;
	isOff: boolean;
}

/** A time in which an owner stood still, in virtual milliseconds. */
export interface Stall {
	owner: string;
	from: number;
	to: number;
}

export type Ending = 'done' | 'idle' | 'late';

/** The longest time Node.js waits; beyond it a timer fires at once. */
const MAX_DELAY_MS = 2_147_483_647;

/**
 * Time that passes only when nothing is left to do at the present moment.
 *
 * Every timer belongs to a simulated process, its owner, and so does all that happens when it fires. Killing an owner drops its
 * timers, and with them everything that they would have led to: that is how a process dies here.
 */
export class VirtualClock {
	now = 0;
	/** What runs at the moment belongs to this owner. */
	owner = 'world';
	/** Timers fired so far. */
	fired = 0;
	readonly dead = new Set<string>();
	/** What timers threw. */
	readonly uncaught: unknown[] = [];
	/** Who stood still, and when. */
	readonly stalls: Stall[] = [];
	/** Until when owners stand still. */
	readonly #stalled = new Map<string, number>();
	#heap: Timer[] = [];
	#count = 0;

	/**
	 * @param tieOf orders the timers of one millisecond, by their owner
	 * @param turn lets all promises move on that can
	 */
	constructor(
		private readonly tieOf: (owner: string) => number,
		private readonly turn: () => Promise<void>,
	) {}

	/** Runs a function after so many milliseconds, as Node.js does: whole ones, and at once what is too far away. */
	schedule(run: () => void, ms: number, owner = this.owner): Timer {
		const delay = ms >= 1 && ms <= MAX_DELAY_MS ? Math.trunc(ms) : ms > 0 ? 1 : 0;
		this.#count += 1;
		const timer: Timer = {
			at: Math.max(this.now + delay, this.#stalled.get(owner) ?? 0),
			tie: this.tieOf(owner),
			number: this.#count,
			run,
			owner,
			isOff: this.dead.has(owner),
		};
		if (!timer.isOff) this.#push(timer);
		return timer;
	}

	async sleep(ms: number, owner = this.owner): Promise<void> {
		await new Promise<void>((resolve) => this.schedule(resolve, ms, owner));
	}

	/** Drops all timers of an owner, also those it will set. */
	kill(owner: string): void {
		this.dead.add(owner);
		for (const timer of this.#heap) if (timer.owner === owner) timer.isOff = true;
	}

	/** Holds an owner up: what is due meanwhile fires at the end. */
	stall(owner: string, ms: number): void {
		this.#stalled.set(owner, this.now + ms);
		this.stalls.push({ owner, from: this.now, to: this.now + ms });
		const waiting = this.#heap;
		this.#heap = [];
		for (const timer of waiting) {
			if (timer.owner === owner) timer.at = Math.max(timer.at, this.now + ms);
			this.#push(timer);
		}
	}

	/** Goes on until `isDone`, until nothing is left to do (`idle`), or until so many timers have fired (`late`). */
	async run(isDone: () => boolean, maxTimers = Infinity): Promise<Ending> {
		for (;;) {
			await this.turn();
			if (isDone()) return 'done';
			const timer = this.#next();
			if (!timer) return 'idle';
			if (this.fired >= maxTimers) return 'late';
			this.now = Math.max(this.now, timer.at);
			this.owner = timer.owner;
			this.fired += 1;
			try {
				timer.run();
			} catch (error) {
				this.uncaught.push(error);
			}
		}
	}

	#next(): Timer | undefined {
		for (;;) {
			const timer = this.#pop();
			if (!timer?.isOff) return timer;
		}
	}

	#push(timer: Timer): void {
		const heap = this.#heap;
		let index = heap.length;
		heap.push(timer);
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!isBefore(timer, heap[parent])) break;
			heap[index] = heap[parent];
			index = parent;
		}
		heap[index] = timer;
	}

	#pop(): Timer | undefined {
		const heap = this.#heap;
		const top = heap[0];
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return top;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
			if (!isBefore(heap[child], last)) break;
			heap[index] = heap[child];
			index = child;
		}
		heap[index] = last;
		return top;
	}
}

function isBefore(a: Timer, b: Timer): boolean {
	return (a.at - b.at || a.tie - b.tie || a.number - b.number) < 0;
}

/** Orders timers of one millisecond by a stream for each owner: the seed alone explores who comes first. */
export function tiesFrom(streamFor: (owner: string) => Random): (owner: string) => number {
	const streams = new Map<string, Random>();
	return (owner) => {
		let stream = streams.get(owner);
		if (!stream) streams.set(owner, (stream = streamFor(owner)));
		return stream();
	};
}
