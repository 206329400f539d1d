/**
 * Time that costs no time: while a test awaits, the clock goes on to the next timer at once, in order. For code that waits
 * for seconds; everything it waits for must be a timer or a promise, not another process.
 */
export function useVirtualTime(): void {
	let stop: () => void;

	beforeEach(() => {
		const yieldToReal = setImmediate;
		jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
		// Node.js's own deadline runs on a timer that jest does not know.
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			setTimeout(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms);
			return controller.signal;
		});
		let running = true;
		stop = () => {
			running = false;
		};
		void (async () => {
			while (running) {
				await jest.advanceTimersToNextTimerAsync();
				await new Promise((resolve) => yieldToReal(resolve));
			}
		})();
	});

	afterEach(() => {
		stop();
		jest.restoreAllMocks();
		jest.useRealTimers();
	});
}
