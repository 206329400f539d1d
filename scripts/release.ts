/**
 * `npm run release`: on a machine it checks, sets the version and pushes a tag; GitHub Actions, started by the tag, runs the same
 * command to publish. docs/releasing.md walks through it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './prepare';
import { CHANGELOG, sectionOf } from './release/notes';

const ROOT = path.resolve(__dirname, '..');
const HELP = `Usage: npm run release -- [version | patch | minor | major] [--dry-run]

Checks the working tree, sets the version, commits, tags and pushes; the tag makes GitHub Actions publish.
Without a version the one in package.json is released.

Options
  --dry-run   do all checks, pack what would be published, and only say what else would be done
  --help      this text
`;

/** Runs a command as if typed here; ends the release when it fails. */
function run(command: string, ...args: string[]) {
	console.log(`\n> ${[command, ...args].join(' ')}`);
	const env = { ...process.env, RELEASE_MODE: 'true' };
	const shell = process.platform === 'win32';
	const { status, error } = spawnSync(command, args, { cwd: ROOT, env, stdio: 'inherit', shell });
	if (error) throw error;
	if (status !== 0) throw new Error(`Not released: "${[command, ...args].join(' ')}" failed.`);
}

/** What release-it will make of the version in package.json; the last of the lines it prints. */
function nextVersion(increment: string) {
	const { version } = require('../package.json');
	if (!increment) return version;
	const output = execFileSync('npx', ['release-it', increment, '--ci', '--release-version'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	return output.trim().split('\n').at(-1);
}

/** What makes a release pointless, as sentences. */
function obstacles(version: string, dryRun: boolean) {
	const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
	const section = sectionOf(readFileSync(CHANGELOG, 'utf8'), version);
	const found = [];
	if (!section?.body)
		found.push(`CHANGELOG.md says nothing about ${version}: write a section "## ${version} (unreleased)".`);
	if (git('tag', '--list', version)) found.push(`The tag ${version} exists already.`);
	if (git('status', '--porcelain')) found.push('There are changes that are not committed.');
	if (!dryRun && git('rev-parse', '--abbrev-ref', 'HEAD') !== 'main')
		found.push('Releases are made from the branch main.');
	return found;
}

async function main() {
	if (process.env.GITHUB_ACTIONS) return run('npx', 'n8n-node', 'release');
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) return void process.stdout.write(HELP);
	const dryRun = values['dry-run'] === true;
	const [increment] = positionals;
	await prepare(ROOT);
	const version = nextVersion(increment);
	const found = obstacles(version, dryRun);
	if (found.length > 0) throw new Error(`Not released:\n- ${found.join('\n- ')}`);

	console.log(`Releasing ${version}${dryRun ? ' (dry run)' : ''}`);
	run('npm', 'run', 'lint');
	run('npm', 'run', 'typecheck');
	run('npm', 'run', 'build');
	run('npm', 'run', 'scan');
	run('npm', 'run', 'audit');
	run('npm', 'publish', '--dry-run');
	const how = increment ? [increment] : ['--no-increment'];
	run(
		'npx',
		'release-it',
		...how,
		'--ci',
		...(dryRun ? ['--dry-run', '--no-git.requireUpstream', '--no-git.requireBranch'] : []),
	);
	console.log(
		dryRun
			? `\n${version} is ready to be released; nothing was changed.`
			: `\n${version} is tagged and pushed; GitHub Actions publishes it.`,
	);
}

main().catch((error) => {
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
