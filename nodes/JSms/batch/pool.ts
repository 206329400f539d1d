/** Where the tasks of a pool wait for each other before they do what is cheaper together. */
export interface Barrier {
	/**
	 * Waits until every other task under way has come here or ended, or until there is no task left to start.
	 * @param deadline settles when waiting is no longer worth it
	 */
	wait(deadline: () => Promise<void>): Promise<void>;
}

/**
 * Runs tasks with a limit on how many are under way at once.
 *
 * @param take  hands out the next task; undefined when there is none now. Asked again after every finished task,
 *              so finished work may bring new tasks.
 * @param limit tasks under way at once
 * @param work  does one task; when it rejects, no further task starts, and the rejection follows once the others ended
 */
export async function runPool<T>(
	take: () => T | undefined,
	limit: number,
	work: (task: T, barrier: Barrier) => Promise<void>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	const waiting = new Set<() => void>();
	let failure: { error: unknown } | undefined;
	let isLastRound: boolean | undefined;
	const release = () => {
		// Whoever has no successor is not waited for.
		if (!isLastRound && waiting.size < running.size) return;
		for (const goOn of waiting) goOn();
		waiting.clear();
	};
	const barrier: Barrier = {
		wait: async (deadline) => {
			let goOn = () => {};
			const called = new Promise<void>((resolve) => (goOn = resolve));
			waiting.add(goOn);
			// Not before everybody who starts now is under way.
			queueMicrotask(release);
			await Promise.race([called, deadline()]);
			waiting.delete(goOn);
		},
	};
	for (;;) {
		while (!failure && running.size < limit) {
			const task = take();
			isLastRound = task === undefined;
			if (task === undefined) break;
			const one: Promise<void> = work(task, barrier)
				.catch((error: unknown) => {
					failure ??= { error };
				})
				.finally(() => running.delete(one));
			running.add(one);
		}
		isLastRound ||= failure !== undefined;
		if (running.size === 0) break;
		release();
		await Promise.race(running);
	}
	if (failure) throw failure.error as Error;
}
