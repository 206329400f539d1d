/**
 * Puts the virtual clock in the place of Node.js's. Import this before anything of n8n: n8n and luxon take what they find in the
 * global object when they are loaded.
 */
import { onUnhandledRejection, real, replaceGlobals } from '../host';
import { streamOf, type Random } from '../random';
import { tiesFrom, VirtualClock, type Timer } from './virtualClock';

/** When every world begins. */
const START = real.Date.UTC(2030, 4, 4, 2, 30);

/** What is true of the world that runs now; each world gets it anew. */
interface Now {
	clock: VirtualClock;
	/** Milliseconds by which the wall clock was set forward or back. */
	shift: number;
	/** What Math.random gives to a process. */
	randomOf: (owner: string) => number;
}

export const now: Now = begin(0);

/** Begins a world: time starts again, and nothing of the world before is left. */
export function restartClock(seed: number): VirtualClock {
	return Object.assign(now, begin(seed)).clock;
}

function begin(seed: number): Now {
	const ties = tiesFrom((owner) => streamOf(seed, `order ${owner}`));
	const streams = new Map<string, Random>();
	const randomOf = (owner: string) => {
		let stream = streams.get(owner);
		if (!stream) streams.set(owner, (stream = streamOf(seed, `random ${owner}`)));
		return stream();
	};
	return { clock: new VirtualClock(ties, real.turn), shift: 0, randomOf };
}

/** What Node.js hands out for a timer. */
class TimerHandle {
	constructor(public timer: Timer) {}
	ref(): this {
		return this;
	}
	unref(): this {
		return this;
	}
	hasRef(): boolean {
		return true;
	}
	refresh(): this {
		this.timer.isOff = true;
		const ms = this.timer.at - now.clock.now;
		this.timer = now.clock.schedule(this.timer.run, ms, this.timer.owner);
		return this;
	}
	close(): this {
		this.timer.isOff = true;
		return this;
	}
	[Symbol.toPrimitive](): number {
		return this.timer.number;
	}
}

type Callback = (...values: unknown[]) => void;

const startTimer = (run: Callback, ms: unknown, ...values: unknown[]) =>
	new TimerHandle(now.clock.schedule(() => run(...values), delayOf(ms)));

/** Node.js waits a millisecond at least. */
const delayOf = (ms: unknown) => (Number(ms) >= 1 ? Number(ms) : 1);

const stopTimer = (handle: unknown) => {
	if (handle instanceof TimerHandle) handle.timer.isOff = true;
};

const startInterval = (run: Callback, ms: unknown, ...values: unknown[]) => {
	const again = () => {
		run(...values);
		if (!handle.timer.isOff) handle.timer = now.clock.schedule(again, delayOf(ms));
	};
	const handle = new TimerHandle(now.clock.schedule(again, delayOf(ms)));
	return handle;
};

const wallClock = () => START + now.clock.now + now.shift;

/** A date made here must pass for one made by code that still holds the real class, and the other way round. */
class VirtualDate extends real.Date {
	constructor(...values: [] | [string | number | Date]) {
		if (values.length === 0) super(wallClock());
		else super(...values);
	}
	static override now(): number {
		return wallClock();
	}
	static [Symbol.hasInstance](value: unknown): boolean {
		return Object.prototype.toString.call(value) === '[object Date]';
	}
}

const abortAfter = (ms: number) => {
	const controller = new AbortController();
	const abort = () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
	now.clock.schedule(abort, ms);
	return controller.signal;
};

const random = () => now.randomOf(now.clock.owner);

function randomUUID(): `${string}-${string}-${string}-${string}-${string}` {
	const digits = (count: number) =>
		Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
	return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`;
}

replaceGlobals({
	globals: {
		Date: VirtualDate,
		setTimeout: startTimer,
		setImmediate: (run: Callback, ...values: unknown[]) => new TimerHandle(now.clock.schedule(() => run(...values), 0)),
		setInterval: startInterval,
		clearTimeout: stopTimer,
		clearImmediate: stopTimer,
		clearInterval: stopTimer,
	},
	math: { random },
	abortSignal: { timeout: abortAfter },
	// Monotonic: it does not jump with the wall clock.
	performance: { now: () => now.clock.now },
	randomUUID,
});
onUnhandledRejection((reason) => now.clock.uncaught.push(reason));
