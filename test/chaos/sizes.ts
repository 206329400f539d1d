export interface Size {
	executions: number;
	/** In each execution */
	people: number;
	/** Recipients per request */
	batchSize: number;
	/** At least so many workers are killed; 0: as many as the time brings */
	kills: number;
	killEveryMs: number;
	/** Whether Redis, PostgreSQL and the main process are restarted */
	restarts: boolean;
	/** Executions under way at the same moment */
	atOnce: number;
	/** After this time without an execution that got through the campaign counts as stuck */
	limitMs: number;
}

export const SIZES: Record<'big' | 'small', Size> = {
	big: {
		executions: 200,
		people: 250,
		batchSize: 100,
		kills: 0,
		killEveryMs: 10_000,
		restarts: true,
		atOnce: 12,
		limitMs: 5 * 60_000,
	},
	small: {
		executions: 20,
		people: 100,
		batchSize: 50,
		kills: 1,
		killEveryMs: 4_000,
		restarts: false,
		atOnce: 9,
		limitMs: 150_000,
	},
};
