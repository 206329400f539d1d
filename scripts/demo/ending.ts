/** What has to be ended, last started first. */
const started: Array<() => unknown> = [];
let ending = false;

/** Notes what is to be called at the end. */
export function onEnd(stop: () => unknown) {
	started.push(stop);
}

/** Whether the end has begun. */
export const isEnding = () => ending;

/**
 * Ends all that was started, then this process.
 * @param code Exit code
 * @param message For people
 */
export async function end(code: number, message?: string) {
	if (ending) return;
	ending = true;
	if (message) console.error(message);
	for (const stop of started.reverse()) {
		try {
			await stop();
		} catch (error) {
			console.error(error);
		}
	}
	process.exit(code);
}

/** Ctrl-C and its kin end everything in order. */
export function endOnSignals() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			// WHY: whoever presses Ctrl-C twice does not want to wait; the exit handlers end what is left at once.
			if (ending) process.exit(130);
			void end(signal === 'SIGINT' ? 130 : 143, '\nStopping ...');
		});
	}
}
