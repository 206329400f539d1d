import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { N8nClient } from '../../../scripts/n8n/client';
import { unpack } from '../../../scripts/n8n/community';
import { ensureN8n, type Installation } from '../../../scripts/n8n/install';
import { startN8n, type N8nProcess } from '../../../scripts/n8n/server';
import { DEVELOPER_KEYS, KEYS } from '../../support/keys';
import { packTarball } from '../../../scripts/pack';
import { ROOT } from '../../support/root';

/** A real n8n with the packed package laid out as a community package, beside a sandbox. */
export interface Instance {
	installation: Installation;
	/** Logged in */
	client: N8nClient;
	sandbox: Sandbox;
	/** By credential type, pointing at the sandbox */
	credentials: Record<string, { id: string; name: string }>;
	/** Temporary; gone after close */
	folder: string;
	/** Folder of the laid-out package */
	packageFolder: string;
	/** File with everything n8n printed */
	log: string;
	/** Stops n8n and starts it at the same address, with all it has stored; `meanwhile` is what happens before it is there again */
	restart: (meanwhile: () => Promise<void>) => Promise<void>;
	close: () => Promise<void>;
}

export async function startInstance(leg: 'main' | 'compat'): Promise<Instance> {
	const installation = await ensureN8n(leg);
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), `jsms-e2e-${leg}-`));
	const closing: Array<() => unknown> = [() => fs.rmSync(folder, { recursive: true, force: true })];
	const close = async () => {
		for (const step of closing.splice(0).reverse()) await step();
	};
	try {
		const packageFolder = unpack(packTarball(ROOT, folder), folder);
		const sandbox = await startSandbox();
		closing.push(() => sandbox.close());
		const start = async (port?: number): Promise<N8nProcess> =>
			await startN8n({
				installation,
				userFolder: folder,
				port,
				// Nothing is worth waiting for when the tests are through.
				env: { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '3' },
			});
		let n8n = await start();
		closing.push(() => n8n.stop());
		const restart = async (meanwhile: () => Promise<void>) => {
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
		return { installation, client, sandbox, credentials, folder, packageFolder, log: n8n.log, restart, close };
	} catch (error) {
		await close();
		throw error;
	}
}
