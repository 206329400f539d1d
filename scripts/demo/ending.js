'use strict';

/** What has to be ended, last started first. @type {Array<() => unknown>} */
const started = [];
let ending = false;

/** Notes what is to be called at the end. @param {() => unknown} stop */
function onEnd(stop) {
	started.push(stop);
}

/** Whether the end has begun. */
const isEnding = () => ending;

/**
 * Ends all that was started, then this process.
 *
 * @param {number} code Exit code
 * @param {string} [message] For people
 */
async function end(code, message) {
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
function endOnSignals() {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			// WHY: whoever presses Ctrl-C twice does not want to wait; the exit handlers end what is left at once.
			if (ending) process.exit(130);
			void end(signal === 'SIGINT' ? 130 : 143, '\nStopping ...');
		});
	}
}

module.exports = { end, endOnSignals, isEnding, onEnd };
