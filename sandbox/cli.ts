import { parseArgs } from 'node:util';
import { startSandbox } from '.';
import { parseSetting } from './settings';
import * as seed from './seed';

const USAGE = 'Usage: npm run sandbox -- [--port 0] [--host 127.0.0.1] [--set name=value ...]';

/** @param entry name=value */
function readSetting(entry: string) {
	const equals = entry.indexOf('=');
	if (equals < 1) throw new TypeError(`--set takes name=value, not "${entry}".`);
	const name = entry.slice(0, equals);
	return [name, parseSetting(name, entry.slice(equals + 1))];
}

async function main() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '0' },
			host: { type: 'string', default: '127.0.0.1' },
			set: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) return console.log(USAGE);
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new TypeError(`--port takes 0 to 65535, not "${values.port}".`);

	const settings = Object.fromEntries((values.set ?? []).map(readSetting));
	const sandbox = await startSandbox({ port, host: values.host, settings });
	const [application] = seed.applications();
	const [account] = seed.accounts();
	console.log(`Inbox     ${sandbox.url}/
Base URL  ${sandbox.baseUrl}

App Key        ${application.app_key}   Master Secret      ${application.master_secret}
Dev Key        ${account.dev_key}   Dev Secret         ${account.dev_secret}

More keys, templates and switches: sandbox/README.md. Ctrl-C ends it.`);

	const end = () => {
		process.off('SIGINT', end);
		process.off('SIGTERM', end);
		void sandbox.close();
	};
	process.on('SIGINT', end);
	process.on('SIGTERM', end);
}

main().catch((error) => {
	console.error(`${error.message}\n${USAGE}`);
	process.exitCode = 1;
});
