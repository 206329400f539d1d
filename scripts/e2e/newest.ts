import { execFileSync } from 'node:child_process';

import { cleanNpmEnv, npmCli } from '../n8n/npm';
import { legs } from '../n8n/versions';

/**
 * Asks npm for an n8n version.
 * @param wanted `latest` or an exact version
 * @returns the exact version
 * @throws {Error} when it needs a newer Node.js than the one that the tests bring along
 */
export function findN8n(wanted: string, ask: (spec: string) => string = askNpm): string {
	const { version, 'engines.node': needs = '' } = JSON.parse(ask(`n8n@${wanted}`)) as Record<string, string>;
	const least = Number(/\d+/.exec(needs)?.[0] ?? 0);
	if (least > legs.main.nodeMajor) {
		throw new Error(
			`n8n ${version} needs Node.js ${needs}, the tests bring ${legs.main.nodeMajor} along: change scripts/n8n/versions.js.`,
		);
	}
	return version;
}

function askNpm(spec: string): string {
	return execFileSync(process.execPath, [npmCli(), 'view', spec, 'version', 'engines.node', '--json'], {
		encoding: 'utf8',
		env: cleanNpmEnv(),
	});
}
