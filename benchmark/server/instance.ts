import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../scripts/n8n/client';
import { packageFolder, unpack } from '../../scripts/n8n/community';
import { ensureN8n } from '../../scripts/n8n/install';
import { packTarball } from '../../scripts/pack';
import { startN8n } from '../../scripts/n8n/server';
import { KEYS } from '../../test/support/keys';
import { startTwilio, type Twilio } from './twilio';
import { BENCH, buildWorkflow } from './workflows';
import type { Bench } from '../bench';
import type { Run } from '../measure';

const ROOT = path.resolve(__dirname, '../..');

/** Milliseconds every server waits before it answers, in the comparisons of nodes. */
export const DELAY_MS = 50;

/** A running n8n with the packed package and the benchmark's own nodes in it. */

export interface Server {
	version: string;
	/** Of n8n's process */
	pid: number;
	/** Sends `n` contacts, after as many others, through a workflow; another path is another workflow, with a memory of its own */
	run: (variant: string, n: number, more?: { path?: string; after?: number }) => Promise<Run>;
	twilio: Twilio;
	/** Logged in */
	client: N8nClient;
	/** By credential type */
	credentials: Record<'jSmsApi' | 'twilioApi', { id: string; name: string }>;
	stop: () => Promise<void>;
}

/** One server serves all parts of the benchmark that need one. */
let shared: Promise<Server> | undefined;

export async function useServer(bench: Bench) {
	shared ??= startServer(bench);
	return await shared;
}

/**
 * @param settings Environment variables of n8n
 * @returns One of its own
 */
export async function startServer(
	{ sandbox, machine, print, onEnd }: Bench,
	settings: Record<string, string> = {},
): Promise<Server> {
	const installation = await ensureN8n('main', { print });
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-bench-'));
	onEnd(() => fs.rmSync(folder, { recursive: true, force: true }));
	unpack(packTarball(ROOT, folder), folder);
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
	const live = new Map<string, string>();
	const run: Server['run'] = async (variant, n, { path = variant, after = 0 } = {}) => {
		if (!live.has(path)) {
			const target = { path, baseUrl: sandbox.baseUrl, credentials };
			const workflow = await client.createWorkflow(buildWorkflow(variant, target));
			await client.activate(workflow, [`/webhook/${path}`]);
			live.set(path, workflow.id);
		}
		const answer = await client.callWebhook(`${path}?n=${n}&after=${after}`, undefined, 'GET');
		const { ms, cpuMs, count } = answer.body as Run;
		if (answer.status !== 200 || count !== n) {
			throw new Error(`${variant} with ${n} contacts: ${answer.status} ${JSON.stringify(answer.body).slice(0, 600)}`);
		}
		return { ms, cpuMs, count };
	};
	return { version: installation.version, pid: n8n.pid, run, twilio, client, credentials, stop: n8n.stop };
}

/** The nodes of the benchmark as a community package of their own, as n8n's installer would lay it out. */
function layOutOwnNodes(userFolder: string) {
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

function nodeVersion({ node }: { node: string }) {
	return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}
