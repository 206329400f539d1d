/** Seed and size of a property test. `JSMS_SEED` repeats a run, `JSMS_RUNS` multiplies its size (`JSMS_RUNS=10`). */
export function propertySettings(name: string, runs: number) {
	const seed = process.env.JSMS_SEED ? Number(process.env.JSMS_SEED) : (Date.now() ^ (process.pid << 8)) | 0;
	const numRuns = Math.ceil(runs * Number(process.env.JSMS_RUNS ?? 1));
	process.stdout.write(`${name}: seed ${seed}, ${numRuns} runs (repeat with JSMS_SEED=${seed})\n`);
	return { seed, numRuns, endOnFailure: false };
}
