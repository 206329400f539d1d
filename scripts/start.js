'use strict';

// WHY only Node's own modules and files that keep to them: on a bare clone nothing else is there yet.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { cacheDir } = require('./n8n/cache');
const { link } = require('./n8n/community');
const { N8nClient, OWNER } = require('./n8n/client');
const { ensureN8n } = require('./n8n/install');
const { startN8n } = require('./n8n/server');
const { prepare } = require('./prepare');

const ROOT = path.resolve(__dirname, '..');
const HELP = `Usage: npm start [-- options]

Starts a real n8n editor with this pack, beside a local JSMS sandbox; sends a batch of SMS from a sample contact list,
shows what came of each, and schedules a campaign. Nothing leaves this machine. Needs Node.js 20 or newer; n8n is fetched from npm once
(about 5 minutes and 3 GB, kept in a cache folder).

Options
  --once    end after the batch: exit code 0 when all went as it should
  --fresh   forget the n8n of earlier starts: workflows, edits, executions
  --help    this text

Environment
  JSMS_CACHE_DIR   where n8n and the demo's data are kept (now: ${cacheDir()})
`;

/** What has to be ended, last started first. */
const started = [];

async function main() {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) return void process.stdout.write(HELP);
	if (Number(process.versions.node.split('.')[0]) < 20) {
		throw new Error(`Node.js 20 or newer is needed, this is ${process.versions.node}.`);
	}
	await prepare(ROOT);
	const installation = await ensureN8n('main');

	const home = demoHome();
	if (values.fresh) fs.rmSync(home, { recursive: true, force: true });
	const contactsFile = path.join(home, 'contacts.csv');
	fs.mkdirSync(home, { recursive: true });
	// A copy, so that it can be edited to see what happens, and stays edited.
	if (!fs.existsSync(contactsFile)) fs.copyFileSync(path.join(__dirname, 'demo', 'contacts.csv'), contactsFile);
	link(ROOT, home);

	const { startSandbox } = require('../sandbox');
	const sandbox = await startSandbox();
	started.push(() => sandbox.close());
	console.log('Starting n8n ...');
	const n8n = await startN8n({
		installation,
		userFolder: home,
		env: {
			// n8n reads files only below folders it was told about.
			N8N_RESTRICT_FILE_ACCESS_TO: home,
			// A form that waits for its next page counts as running: do not let Ctrl-C wait half a minute for it.
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '3',
		},
	});
	started.push(() => n8n.stop());
	void n8n.exited.then(({ code, signal }) => {
		if (!ending) void end(1, `n8n ended by itself (${signal ?? `exit code ${code}`}); its output is in ${n8n.log}`);
	});

	const { setUp } = require('./demo/setup');
	const client = await new N8nClient(n8n.url).logIn();
	const { batch, campaign } = await setUp(client, { baseUrl: sandbox.baseUrl, contactsFile });
	console.log('Sending a batch to the contact list ...\n');
	const execution = await client.run(batch, 'Start');
	const sent = report(execution, sandbox.ledger);
	const scheduled = reportSchedules(await client.run(campaign, 'Start'), sandbox.schedules.list());
	const fine = sent && scheduled;
	if (values.once) return end(fine ? 0 : 1);
	console.log(`
  Editor   ${n8n.url}/workflow/${batch.id}
           log in as ${OWNER.email} with password ${OWNER.password}
  Inbox    ${sandbox.url}   every SMS the sandbox accepted, as a phone shows it; the campaign arrives in a minute
  Campaign ${n8n.url}/workflow/${campaign.id}   the third sample: schedule two campaigns, cancel one
  Form     ${n8n.url}/form/jsms-demo-verify   the second sample: verify a phone number
  Contacts ${contactsFile}   edit, then run the workflow again

Ctrl-C ends it all.`);
}

/** Prints what came of the batch; false when something is wrong with it. */
function report(execution, ledger) {
	const { findContradictions, readRows, renderTable, summarize } = require('./demo/report');
	const rows = readRows(execution);
	console.log(renderTable(rows, process.stdout.columns));
	console.log(`\n${summarize(rows)}`);
	const problems = findContradictions(execution, ledger);
	for (const problem of problems) console.error(`WRONG: ${problem}`);
	if (execution.error) console.error(`n8n says: ${execution.error.message}`);
	return problems.length === 0;
}

/** Prints what came of the two campaigns; false when something is wrong with them. */
function reportSchedules(execution, schedules) {
	// Their requests leave together, so that either can arrive first.
	const [first, second] = [...schedules].sort((a, b) => a.at - b.at);
	const rows = execution.json('Schedule');
	console.log(
		`\n${rows.length} SMS in ${schedules.length} schedules, one of them cancelled: the inbox shows both under Scheduled.`,
	);
	const fine = schedules.length === 2 && rows.length === 4 && first.status === 'waiting' && second.status === 'deleted';
	if (!fine)
		console.error(`WRONG: the schedules are ${schedules.map(({ status }) => status).join(', ') || 'missing'}.`);
	if (execution.error) console.error(`n8n says: ${execution.error.message}`);
	return fine;
}

/** The n8n folder of this clone: two clones must not load each other's pack. */
function demoHome() {
	return path.join(cacheDir(), `demo-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`);
}

let ending = false;

/** Ends all that was started, then this process. */
async function end(code, message) {
	if (ending) return;
	ending = true;
	if (message) console.error(message);
	for (const stop of started.reverse()) {
		try {
			await stop();
		} catch (error) {
			console.error(error);
		}
	}
	process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		// WHY: whoever presses Ctrl-C twice does not want to wait; the exit handlers end what is left at once.
		if (ending) process.exit(130);
		void end(signal === 'SIGINT' ? 130 : 143, '\nStopping ...');
	});
}

main().catch((error) => end(1, `\n${error.message}`));
