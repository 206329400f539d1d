'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startSandbox } = require('../../../sandbox');
const { N8nClient } = require('../../../scripts/n8n/client');
const { unpack } = require('../../../scripts/n8n/community');
const { ensureN8n } = require('../../../scripts/n8n/install');
const { cleanNpmEnv, npmCli } = require('../../../scripts/n8n/npm');
const { startN8n } = require('../../../scripts/n8n/server');

const ROOT = path.resolve(__dirname, '../../..');

/** Keys of the sandbox's application in which everything works. */
const KEYS = { appKey: 'exampleappkey00000000001', masterSecret: 'dummymastersecret0000001' };
const DEVELOPER_KEYS = { devKey: 'exampledevkey00000000001', devSecret: 'dummydevsecret0000000001' };

/**
 * A real n8n with the packed pack laid out as a community package, beside a sandbox.
 *
 * @typedef {object} Instance
 * @property {import('../../../scripts/n8n/install').Installation} installation
 * @property {N8nClient} client Logged in
 * @property {import('../../../sandbox').Sandbox} sandbox
 * @property {Record<string, {id: string, name: string}>} credentials By credential type, pointing at the sandbox
 * @property {string} folder Temporary; gone after close
 * @property {string} pack Folder of the laid-out pack
 * @property {string} log File with everything n8n printed
 * @property {(meanwhile: () => Promise<void>) => Promise<void>} restart Stops n8n and starts it at the same address, with all it has
 *   stored; `meanwhile` is what happens before it is there again
 * @property {() => Promise<void>} close
 */

/**
 * @param {'main' | 'compat'} leg
 * @returns {Promise<Instance>}
 */
async function startInstance(leg) {
	const installation = await ensureN8n(leg);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), `jsms-e2e-${leg}-`));
	const closing = [() => fs.rmSync(folder, { recursive: true, force: true })];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		const pack = unpack(packPack(folder), folder);
		const sandbox = await startSandbox();
		closing.push(() => sandbox.close());
		const start = async (port) =>
			await startN8n({
				installation,
				userFolder: folder,
				port,
				// Nothing is worth waiting for when the tests are through.
				env: { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '3' },
			});
		let n8n = await start();
		closing.push(() => n8n.stop());
		const restart = async (meanwhile) => {
			await n8n.stop();
			await meanwhile();
			n8n = await start(Number(new URL(n8n.url).port));
		};
		const client = await new N8nClient(n8n.url).logIn();
		const credentials = {
			jSmsApi: await client.createCredential({
				name: 'JSms sandbox',
				type: 'jSmsApi',
				data: { ...KEYS, baseUrl: sandbox.baseUrl },
			}),
			jSmsDeveloperApi: await client.createCredential({
				name: 'JSms sandbox, developer',
				type: 'jSmsDeveloperApi',
				data: { ...DEVELOPER_KEYS, baseUrl: sandbox.baseUrl },
			}),
		};
		return { installation, client, sandbox, credentials, folder, pack, log: n8n.log, restart, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Makes the tarball that would be published and returns its path. */
function packPack(folder) {
	const output = execFileSync(
		process.execPath,
		[npmCli(), 'pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: ROOT, env: cleanNpmEnv(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	return path.join(folder, JSON.parse(output)[0].filename);
}

module.exports = { DEVELOPER_KEYS, KEYS, ROOT, startInstance };
