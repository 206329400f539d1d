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
	work: (task: T) => Promise<void>,
): Promise<void> {
	const running = new Set<Promise<void>>();
	let failure: { error: unknown } | undefined;
	for (;;) {
		while (!failure && running.size < limit) {
			const task = take();
			if (task === undefined) break;
			const one: Promise<void> = work(task)
				.catch((error: unknown) => {
					failure ??= { error };
				})
				.finally(() => running.delete(one));
			running.add(one);
		}
		if (running.size === 0) break;
		await Promise.race(running);
	}
	if (failure) throw failure.error as Error;
}
