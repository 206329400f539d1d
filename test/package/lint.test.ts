import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { ROOT } from '../support/root';

test('what is shipped is linted by the rules of n8n: no folder of it has a configuration of its own', () => {
	const options = { cwd: ROOT, encoding: 'utf8' as const };
	const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], options).split('\n');
	const folders = files.filter((file) => /^(\.?eslint(rc|\.config))/.test(basename(file))).map(dirname);
	expect(folders.sort()).toEqual(['.', 'benchmark', 'sandbox', 'scripts', 'test']);
});
