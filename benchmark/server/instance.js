'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { N8nClient } = require('../../scripts/n8n/client');
const { packageFolder, unpack } = require('../../scripts/n8n/community');
const { ensureN8n } = require('../../scripts/n8n/install');
const { startN8n } = require('../../scripts/n8n/server');
const { KEYS } = require('../workload');
const { startTwilio } = require('./twilio');
const { BENCH, buildWorkflow } = require('./workflows');

const ROOT = path.resolve(__dirname, '../..');

/** Milliseconds every server waits before it answers, in the comparisons of nodes. */
const DELAY_MS = 50;

/**
 * A running n8n with the packed pack and the benchmark's own nodes in it.
 *
 * @typedef {object} Server
 * @property {string} version
 * @property {number} pid Of n8n's process
 * @property {(variant: string, n: number, more?: {path?: string, after?: number}) => Promise<Run>} run Sends `n` contacts,
 *   after as many others, through a workflow; another path is another workflow, with a memory of its own
 * @property {import('./twilio').Twilio} twilio
 * @property {N8nClient} client Logged in
 * @property {Record<string, {id: string, name: string}>} credentials By credential type
 * @property {() => Promise<void>} stop
 *
 * @typedef {object} Run
 * @property {number} ms From the end of the node before what is measured to the start of the node behind it
 * @property {number} cpuMs CPU time of n8n's process meanwhile, all threads
 * @property {number} count Items that came out
 */

/** One server serves all parts of the benchmark that need one. @type {Promise<Server> | undefined} */
let shared;

/** @param {{sandbox: import('../sandbox-process').SandboxProcess, machine: object, print: (line: string) => void, onEnd: (stop: () => unknown) => void}} bench */
async function useServer(bench) {
	shared ??= startServer(bench);
	return await shared;
}

/**
 * @param {Parameters<typeof useServer>[0]} bench
 * @param {Record<string, string>} [settings] Environment variables of n8n
 * @returns {Promise<Server>} One of its own
 */
async function startServer({ sandbox, machine, print, onEnd }, settings = {}) {
	const installation = await ensureN8n('main', { print });
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-bench-'));
	onEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
	unpack(pack(folder), folder);
	layOutOwnNodes(folder);
	const twilio = await startTwilio({ folder, delayMs: DELAY_MS });
	onEnd(() => twilio.stop());
	print('starting n8n');
	const n8n = await startN8n({
		installation,
		userFolder: folder,
		env: { ...twilio.env, EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none', ...settings },
	});
	onEnd(() => n8n.stop());
	machine.server = `n8n ${installation.version} under Node.js ${nodeVersion(installation)}`;
	const client = await new N8nClient(n8n.url).logIn();
	const credentials = {
		jSmsApi: await client.createCredential({
			name: 'Sandbox',
			type: 'jSmsApi',
			data: { ...KEYS, baseUrl: sandbox.baseUrl },
		}),
		twilioApi: await client.createCredential({
			name: 'Stand-in',
			type: 'twilioApi',
			data: { authType: 'authToken', accountSid: 'ACexample', authToken: 'dummy-token' },
		}),
	};
	const live = new Map();
	const run = async (variant, n, { path = variant, after = 0 } = {}) => {
		if (!live.has(path)) {
			const target = { path, baseUrl: sandbox.baseUrl, credentials };
			const workflow = await client.createWorkflow(buildWorkflow(variant, target));
			await client.activate(workflow, [`/webhook/${path}`]);
			live.set(path, workflow.id);
		}
		const answer = await client.callWebhook(`${path}?n=${n}&after=${after}`, undefined, 'GET');
		const { ms, cpuMs, count } = answer.body;
		if (answer.status !== 200 || count !== n) {
			throw new Error(`${variant} with ${n} contacts: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
		}
		return { ms, cpuMs, count };
	};
	return { version: installation.version, pid: n8n.pid, run, twilio, client, credentials, stop: n8n.stop };
}

/** The tarball that would be published. */
function pack(folder) {
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	return path.join(folder, Object.values(JSON.parse(output))[0].filename);
}

/** The nodes of the benchmark as a community package of their own, as n8n's installer would lay it out. */
function layOutOwnNodes(userFolder) {
	const target = packageFolder(userFolder, BENCH);
	fs.cpSync(path.resolve(__dirname, '../nodes'), target, { recursive: true });
	const manifest = {
		name: BENCH,
		version: '0.0.0',
		n8n: {
			n8nNodesApiVersion: 1,
			credentials: [],
			nodes: ['Gen', 'Before', 'Floor', 'Store', 'Sink'].map((name) => `${name}.node.js`),
		},
	};
	fs.writeFileSync(path.join(target, 'package.json'), JSON.stringify(manifest));
}

function nodeVersion({ node }) {
	return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

module.exports = { DELAY_MS, startServer, useServer };
