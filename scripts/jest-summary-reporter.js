'use strict';

const fs = require('node:fs');

/**
 * Jest reporter that ends a run with one line per kind of test, alone on its line and easy to find in a log:
 * `unit: 120 passed, 0 failed` (plus `, 3 skipped` if any).
 *
 * The word is the option `name`; without it, the display name of the jest project, one line per project that ran.
 */
class SummaryReporter {
	constructor(_globalConfig, options = {}) {
		this.name = options.name;
	}

	onRunComplete(_contexts, results) {
		const totals = new Map();
		for (const file of results.testResults) {
			const name = this.name ?? file.displayName?.name ?? 'tests';
			const total = totals.get(name) ?? { passed: 0, failed: 0, skipped: 0 };
			total.passed += file.numPassingTests;
			// A file that cannot even be loaded has no failing tests of its own, yet it must not look like a success.
			total.failed += file.numFailingTests + (file.testExecError && file.numFailingTests === 0 ? 1 : 0);
			total.skipped += file.numPendingTests + file.numTodoTests;
			totals.set(name, total);
		}
		const lines = [...totals].map(([name, { passed, failed, skipped }]) => {
			const tail = skipped > 0 ? `, ${skipped} skipped` : '';
			return `${name}: ${passed} passed, ${failed} failed${tail}\n`;
		});
		// Jest's own summary always comes after other reporters; only at exit is a line sure to be the last one. Where jest
		// forces the exit it has closed the stream by then, so the line goes past it.
		process.once('exit', () => writePast(lines.join('')));
	}
}

function writePast(text) {
	for (;;) {
		try {
			return fs.writeSync(process.stdout.fd, text);
		} catch (error) {
			// A pipe whose reader is slow.
			if (error.code !== 'EAGAIN') throw error;
		}
	}
}

module.exports = SummaryReporter;
