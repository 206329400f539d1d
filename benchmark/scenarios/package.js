'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { median } = require('../measure');
const { formatMs } = require('../report');

const ROOT = path.resolve(__dirname, '../..');

/** Loads the built pack where n8n-workflow is there already, as in n8n, and says how long that took. */
const LOAD = `
	require('n8n-workflow');
	const before = performance.now();
	const { JSms, JSmsApi, JSmsDeveloperApi } = require(${JSON.stringify(ROOT)});
	new JSms(); new JSmsApi(); new JSmsDeveloperApi();
	console.log(performance.now() - before);
`;

/**
 * What the pack costs before it does anything.
 *
 * @param {{quick: boolean}} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measurePackage({ quick }) {
	const loads = Array.from({ length: quick ? 2 : 7 }, () =>
		Number(execFileSync(process.execPath, ['-e', LOAD], { cwd: ROOT, encoding: 'utf8' })),
	);
	const packed = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			shell: process.platform === 'win32',
		}),
	);
	const [{ size, unpackedSize, entryCount }] = Object.values(packed);
	const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
	return {
		title: 'The pack itself',
		text: `Load time: node class and both credentials in a fresh process, n8n-workflow loaded before (median of ${loads.length}).`,
		head: ['Load time', 'Tarball', 'Unpacked', 'Files', 'Dependencies'],
		rows: [[formatMs(median(loads)), kb(size), kb(unpackedSize), entryCount, 0]],
		raw: { loads, size, unpackedSize, entryCount },
	};
}

module.exports = { measurePackage };
