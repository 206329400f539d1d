import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { cacheDir } from '../n8n/cache';
import { startSandbox } from '../../sandbox';
import { N8nClient } from '../n8n/client';
import { startN8n } from '../n8n/server';
import { end, isEnding, onEnd } from './ending';
import { setUp } from './setup';
import type { Installation } from '../n8n/install';

/**
 * The n8n folder of this clone: two clones must not load each other's package.
 * @param root Folder of the repository
 */
export function demoHome(root: string) {
	return path.join(cacheDir(), `demo-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
}

/** Starts the sandbox and n8n beside it, with the sample workflows in it. All of it ends with `end`. */
export async function setStage({
	installation,
	home,
	env,
}: {
	installation: Installation;
	/** n8n's folder, the package laid out in it */ home: string;
	/** Further environment variables of n8n */ env?: Record<string, string>;
}) {
	const contactsFile = path.join(home, 'contacts.csv');
	fs.mkdirSync(home, { recursive: true });
	// A copy, so that it can be edited to see what happens, and stays edited.
	if (!fs.existsSync(contactsFile)) fs.copyFileSync(path.join(__dirname, 'contacts.csv'), contactsFile);

	const sandbox = await startSandbox();
	onEnd(() => sandbox.close());
	console.log('Starting n8n ...');
	const n8n = await startN8n({
		installation,
		userFolder: home,
		env: {
			// n8n reads files only below folders it was told about.
			N8N_RESTRICT_FILE_ACCESS_TO: home,
			// A form that waits for its next page counts as running: do not let Ctrl-C wait half a minute for it.
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '3',
			...env,
		},
	});
	onEnd(() => n8n.stop());
	void n8n.exited.then(({ code, signal }) => {
		if (!isEnding()) void end(1, `n8n ended by itself (${signal ?? `exit code ${code}`}); its output is in ${n8n.log}`);
	});

	const client = await new N8nClient(n8n.url).logIn();
	const workflows = await setUp(client, { sandbox, contactsFile });
	return { sandbox, n8n, client, workflows, contactsFile };
}
