'use strict';

/**
 * Says every few seconds what a long step is doing, so that nobody takes minutes of silence for a hang.
 *
 * @template T
 * @param {string} what e.g. "n8n 2.41.1: installing"
 * @param {() => string} detail What to add at the moment, e.g. "512 of about 1300 packages"
 * @param {() => Promise<T>} task
 * @param {(line: string) => void} [print]
 * @returns {Promise<T>}
 */
async function withProgress(what, detail, task, print = console.log) {
	const started = Date.now();
	const line = (text) => print(`  [${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${what}${text}`);
	line(' ...');
	const timer = setInterval(() => {
		const more = detail();
		line(more ? `: ${more}` : ' ...');
	}, 10_000);
	try {
		const result = await task();
		line(': done');
		return result;
	} finally {
		clearInterval(timer);
	}
}

module.exports = { withProgress };
