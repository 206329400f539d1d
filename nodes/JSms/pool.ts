/** Lets the tasks of a pool wait for each other before they do what is cheaper together. */
export interface Company {
	/**
	 * Waits until every other task under way has come here or ended, or until nobody is left to come.
	 * @param patience settles when waiting is no longer worth it
	 * @returns undefined where there is nobody to wait for: tasks that start together are together already
	 */
	gather(patience: () => Promise<void>): Promise<void> | undefined;
}

/**
 * Works off tasks with a bounded number under way at once.
 *
 * @param take  hands out the next task; undefined when there is none now. Asked again after every finished task,
 *              so finished work may bring new tasks.
 * @param limit tasks under way at once
 * @param work  does one task; when it rejects, no further task starts, and the rejection follows once the others ended
 */
export async function workOff<T>(
	take: () => T | undefined,
	limit: number,
	work: (task: T, company: Company) => Promise<void>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	const waiting = new Set<() => void>();
	let failure: { error: unknown } | undefined;
	let isFirstRound = true;
	let starting = true;
	let isLast = false;
	const release = () => {
		for (const goOn of waiting) goOn();
		waiting.clear();
	};
	const company: Company = {
		gather: (patience) => {
			if (isFirstRound) return undefined;
			let goOn = () => {};
			const called = new Promise<void>((resolve) => (goOn = resolve));
			waiting.add(goOn);
			if (!starting && waiting.size === running.size) release();
			return Promise.race([called, patience()]).finally(() => waiting.delete(goOn));
		},
	};
	for (;;) {
		starting = true;
		while (!failure && running.size < limit) {
			const task = take();
			isLast = task === undefined;
			if (task === undefined) break;
			const one: Promise<void> = work(task, company)
				.catch((error: unknown) => {
					failure ??= { error };
				})
				.finally(() => running.delete(one));
			running.add(one);
		}
		isFirstRound = false;
		starting = false;
		if (running.size === 0) break;
		// Whoever has no successor is not waited for.
		if (isLast || failure || waiting.size === running.size) release();
		await Promise.race(running);
	}
	if (failure) throw failure.error as Error;
}
