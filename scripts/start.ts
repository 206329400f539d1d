import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { end, endOnSignals } from './demo/ending';
import { closeLoop, describeLoop } from './demo/loop';
import { findContradictions, readRows, renderTable, summarize } from './demo/report';
import { PAGE_PATH } from './demo/setup';
import { demoHome, setStage } from './demo/stage';
import { cacheDir } from './n8n/cache';
import { link } from './n8n/community';
import { type Execution, OWNER } from './n8n/client';
import { ensureN8n } from './n8n/install';
import { prepare } from './prepare';

const ROOT = path.resolve(__dirname, '..');
type Stage = Awaited<ReturnType<typeof setStage>>;
type Schedule = ReturnType<Stage['sandbox']['schedules']['list']>[number];
type Message = { mobile: string; msg_id: string };

const HELP = `Usage: npm start [-- options]

Starts a real n8n editor with this package, beside a local JSMS sandbox; sends a batch of SMS from a sample contact list,
shows the result of each, schedules a campaign, and receives delivery reports and replies. Nothing leaves this machine. Needs Node.js 20 or newer; n8n is fetched from npm once
(about 5 minutes and 3 GB, kept in a cache folder).

Options
  --once    end after that: exit code 0 when all went as it should
  --fresh   forget the n8n of earlier starts: workflows, edits, executions
  --help    this text

Environment
  JSMS_CACHE_DIR   where n8n and the demo's data are kept (now: ${cacheDir()})
`;

async function main() {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
	});
	if (values.help) return void process.stdout.write(HELP);
	await prepare(ROOT);
	const installation = await ensureN8n('main');

	const home = demoHome(ROOT);
	if (values.fresh) fs.rmSync(home, { recursive: true, force: true });
	link(ROOT, home);
	const stage = await setStage({ installation, home });
	const { sandbox, n8n, client, workflows, contactsFile } = stage;
	const { batch, campaign, page, receipts, callbacks } = workflows;
	// Left on by an earlier start, it could take what the poll below is to show.
	if (receipts.active) await client.deactivate(receipts.id);

	console.log('Sending a batch to the contact list ...\n');
	const execution = await client.run(batch, 'Start');
	const sent = report(execution, sandbox.ledger);
	const scheduled = reportSchedules(await client.run(campaign, 'Start'), sandbox.schedules.list());
	const cameBack = await reportLoop(stage, execution.json<Message>('Send the batch'));
	if (values.once) return end(sent && scheduled && cameBack ? 0 : 1);
	await client.activate(await client.getWorkflow(receipts.id));
	console.log(`
  Editor    ${n8n.url}/workflow/${batch.id}
            log in as ${OWNER.email} with password ${OWNER.password}
  Inbox     ${sandbox.url}   every SMS the sandbox accepted, as a phone shows it, and whether it was delivered;
            click a number and reply as its owner: that starts one of the two workflows below
  Polling   ${n8n.url}/workflow/${receipts.id}/executions   reports and replies of the contact list, every minute
  Callbacks ${n8n.url}/workflow/${callbacks.id}/executions   those of 138 0000 0401, at once; run it for more
  Campaign  ${n8n.url}/workflow/${campaign.id}   schedule two campaigns, cancel one; the other arrives in a minute
  Page      ${n8n.url}${PAGE_PATH}   verify a phone number; each starts an execution:
            ${n8n.url}/workflow/${page.id}/executions
  Form      ${n8n.url}/form/jsms-demo-verify   the same with n8n's own forms
  Contacts  ${contactsFile}   edit, then run the first workflow again

Ctrl-C ends it all.`);
}

/** Prints what came of the batch; false when something is wrong with it. */
function report(execution: Execution, ledger: Message[]) {
	const rows = readRows(execution);
	console.log(renderTable(rows, process.stdout.columns));
	console.log(`\n${summarize(rows)}`);
	const problems = findContradictions(execution, ledger);
	for (const problem of problems) console.error(`WRONG: ${problem}`);
	if (execution.error) console.error(`n8n says: ${execution.error.message}`);
	return problems.length === 0;
}

/** Prints what came of the two campaigns; false when something is wrong with them. */
function reportSchedules(execution: Execution, schedules: Schedule[]) {
	// Their requests leave together, so that either can arrive first.
	const [first, second] = [...schedules].sort((a, b) => a.at - b.at);
	const rows = execution.json('Schedule');
	console.log(
		`\n${rows.length} SMS in ${schedules.length} schedules, one of them canceled: the inbox shows both under Scheduled.`,
	);
	const fine = schedules.length === 2 && rows.length === 4 && first.status === 'waiting' && second.status === 'deleted';
	if (!fine)
		console.error(`WRONG: the schedules are ${schedules.map(({ status }) => status).join(', ') || 'missing'}.`);
	if (execution.error) console.error(`n8n says: ${execution.error.message}`);
	return fine;
}

/** Prints what came back of what was sent, by both ways; false when something is wrong with it. */
async function reportLoop(stage: Stage, polledFor: Message[]) {
	console.log('\nWaiting for delivery reports and replies ...\n');
	const cameBack = await closeLoop(stage, polledFor);
	console.log(describeLoop(cameBack));
	for (const problem of cameBack.problems) console.error(`WRONG: ${problem}`);
	return cameBack.problems.length === 0;
}

endOnSignals();

main().catch((error) => end(1, `\n${error.message}`));
