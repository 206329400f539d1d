import { setTimeout as wait } from 'node:timers/promises';

/**
 * Repeats an expectation until it holds, for what other processes do or show in their own time: the editor evaluates
 * previews while one looks and gets counts by push message. On a busy machine such a moment is long.
 * @param expectation Throws while what it looks for is not there yet
 * @param pauseMs Between two looks; longer where a look is work for the one who is watched
 * @returns What the expectation returned
 * @throws What the expectation threw last
 */
export async function eventually<T>(expectation: () => Promise<T>, timeoutMs = 20_000, pauseMs = 50): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		try {
			return await expectation();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await wait(pauseMs);
		}
	}
}
