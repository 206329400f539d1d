'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { cacheDir } = require('../n8n/cache');
const { N8nClient } = require('../n8n/client');
const { startN8n } = require('../n8n/server');
const { end, isEnding, onEnd } = require('./ending');

/**
 * The n8n folder of this clone: two clones must not load each other's pack.
 *
 * @param {string} root Folder of the repository
 */
function demoHome(root) {
	return path.join(cacheDir(), `demo-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);
}

/**
 * Starts the sandbox and n8n beside it, with the sample workflows in it. All of it ends with `end`.
 *
 * @param {object} options
 * @param {import('../n8n/install').Installation} options.installation
 * @param {string} options.home n8n's folder, the pack laid out in it
 * @param {Record<string, string>} [options.env] Further environment variables of n8n
 */
async function setStage({ installation, home, env }) {
	const contactsFile = path.join(home, 'contacts.csv');
	fs.mkdirSync(home, { recursive: true });
	// A copy, so that it can be edited to see what happens, and stays edited.
	if (!fs.existsSync(contactsFile)) fs.copyFileSync(path.join(__dirname, 'contacts.csv'), contactsFile);

	const { startSandbox } = require('../../sandbox');
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

	const { setUp } = require('./setup');
	const client = await new N8nClient(n8n.url).logIn();
	const workflows = await setUp(client, { sandbox, contactsFile });
	return { sandbox, n8n, client, workflows, contactsFile };
}

module.exports = { demoHome, setStage };
