import { sleep } from 'n8n-workflow';

/** Added to each deadline: a process that was busy all the time may have the response, and not have come to it yet. */
const GRACE_MS = 500;

/**
 * Waits for a call, on a monotonic clock and without a timer that keeps the process alive.
 * @throws when the call takes longer than `ms`
 */
export async function inTime<T>(call: Promise<T>, ms: number): Promise<T> {
	const deadline = AbortSignal.timeout(ms);
	return await new Promise<T>((resolve, reject) => {
		const giveUp = () => {
			void sleep(GRACE_MS).then(() => reject(new Error(`no response within ${ms / 1000} seconds`)));
		};
		deadline.addEventListener('abort', giveUp);
		call.then(resolve, reject).finally(() => deadline.removeEventListener('abort', giveUp));
	});
}
