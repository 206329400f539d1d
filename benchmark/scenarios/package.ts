import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { npmPack } from '../../scripts/pack';
import { median } from '../measure';
import { formatMs, type Section } from '../report';

const ROOT = path.resolve(__dirname, '../..');

/** Loads the built package where n8n-workflow is there already, as in n8n, and says how long that took. */
const LOAD = `
	require('n8n-workflow');
	const before = performance.now();
	const { JSms, JSmsApi, JSmsDeveloperApi } = require(${JSON.stringify(ROOT)});
	new JSms(); new JSmsApi(); new JSmsDeveloperApi();
	console.log(performance.now() - before);
`;

/** What the package costs before it does anything. */
export async function measurePackage({ quick }: { quick: boolean }): Promise<Section> {
	const loads = Array.from({ length: quick ? 2 : 7 }, () =>
		Number(execFileSync(process.execPath, ['-e', LOAD], { cwd: ROOT, encoding: 'utf8' })),
	);
	const { size, unpackedSize, entryCount } = npmPack(ROOT, ['--dry-run']);
	const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
	return {
		title: 'The package itself',
		text: `Load time: node class and both credentials in a fresh process, n8n-workflow loaded before (median of ${loads.length}).`,
		head: ['Load time', 'Tarball', 'Unpacked', 'Files', 'Dependencies'],
		rows: [[formatMs(median(loads)), kb(size), kb(unpackedSize), entryCount, 0]],
		raw: { loads, size, unpackedSize, entryCount },
	};
}
