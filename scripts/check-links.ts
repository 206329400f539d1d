/** Whether every link of the pages to a file or heading of the repository leads somewhere: `npm run check-links`. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT, pages } from './markdown';

/**
 * @param folder where the files are
 * @param files pages to check, as paths from there
 * @returns the report names each broken link with its line
 */
export function checkLinks(folder: string, files: string[]): { fine: boolean; report: string } {
	const remark = path.join(ROOT, 'node_modules', 'remark-cli', 'cli.js');
	// Addresses on the web are left alone: whether they answer says more about the day than about the page.
	const links = `${path.join(ROOT, 'node_modules', 'remark-validate-links', 'index.js')}=repository:false`;
	const args = ['--no-config', '--no-ignore', '--no-stdout', '--no-color', '--quiet', '--frail', '--use', links];
	const { status, stdout, stderr, error } = spawnSync(process.execPath, [remark, ...args, ...files], {
		cwd: folder,
		encoding: 'utf8',
	});
	if (error) throw error;
	return { fine: status === 0, report: stdout + stderr };
}

if (require.main === module) {
	const files = pages();
	const { fine, report } = checkLinks(ROOT, files);
	process.stdout.write(fine ? `${files.length} pages: every link leads somewhere.\n` : report);
	process.exitCode = fine ? 0 : 1;
}
