import { execFileSync } from 'node:child_process';

import { cleanNpmEnv, npmCli } from '../n8n/npm';
import { legs } from '../n8n/versions';

/** Asks npm (`npm view <arguments> --json`) and returns its JSON. */
export type Ask = (...args: string[]) => string;

/** Installs an n8n. Returns the package that the registry lacks for it; undefined when it is installed. */
export type Install = (version: string) => string | undefined;

/**
 * Asks npm for an n8n version.
 * @param wanted `latest` or an exact version
 * @returns the exact version
 * @throws {Error} when it needs a newer Node.js than the one that the tests bring along
 */
export function findN8n(wanted: string, ask: Ask = askNpm): string {
	const { version, 'engines.node': needs = '' } = JSON.parse(ask(`n8n@${wanted}`, 'version', 'engines.node')) as Record<
		string,
		string
	>;
	const least = Number(/\d+/.exec(needs)?.[0] ?? 0);
	if (least > legs.main.nodeMajor) {
		throw new Error(
			`n8n ${version} needs Node.js ${needs}, the tests bring ${legs.main.nodeMajor} along: change scripts/n8n/versions.ts.`,
		);
	}
	return version;
}

/**
 * Installs the newest n8n that can be installed. An n8n can be in the registry before all of its own packages are; then the
 * next older one takes its place, as long as it is newer than the pinned one, in which the tests run anyway.
 * @param newest exact version
 * @returns the version that is installed
 * @throws {Error} a sentence that says what to do when there is none
 */
export function installNewest(
	newest: string,
	install: Install,
	tell: (line: string) => void,
	ask: Ask = askNpm,
): string {
	const lacks: string[] = [];
	for (const version of candidates(newest, ask)) {
		const missing = install(version);
		if (missing === undefined) return version;
		lacks.push(`n8n ${version} needs ${missing}`);
		tell(`The registry does not have ${missing}, which n8n ${version} needs: trying the next older n8n.`);
	}
	const [registry, pinned] = [cleanNpmEnv().npm_config_registry ?? 'the npm registry', legs.main.n8n];
	throw new Error(
		[
			`No n8n newer than the pinned ${pinned} can be installed: ${lacks.join(', ')}, not in ${registry}.`,
			'This package cannot change that: n8n has not published the part yet, or your registry is a mirror that does not have it yet.',
			`Run the same command again later, or with another registry (npm_config_registry=...). \`npm run test:e2e\` runs the tests in n8n ${pinned}.`,
		].join('\n'),
	);
}

/** The newest, then the released versions between it and the pinned one. */
function candidates(newest: string, ask: Ask): string[] {
	if (compare(newest, legs.main.n8n) <= 0) return [newest];
	const versions = [JSON.parse(ask('n8n', 'versions')) as string | string[]].flat();
	const between = versions
		.filter((version) => /^\d+\.\d+\.\d+$/.test(version))
		.filter((version) => compare(version, newest) < 0 && compare(version, legs.main.n8n) > 0)
		.sort((one, other) => compare(other, one));
	return [newest, ...between];
}

function compare(one: string, other: string): number {
	const [a, b] = [one, other].map((version) => version.split('.').map(Number));
	return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function askNpm(...args: string[]): string {
	return execFileSync(process.execPath, [npmCli(), 'view', ...args, '--json'], {
		encoding: 'utf8',
		env: cleanNpmEnv(),
	});
}
