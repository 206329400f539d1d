/**
 * One run: the campaign while everything around it breaks, then the reports, then the account.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Cluster, type Shape } from '../queue/support/cluster';
import { recipients, type Recipient } from '../queue/support/workflows';
import { accountAfterReports, accountBeforeReports, check } from './account';
import { Campaign } from './campaign';
import { Havoc } from './havoc';
import { TABLE, readLog, type Row } from './messageLog';
import { PER_EXECUTION, settleWithReports } from './receipts';
import { inWords, printChecks, printFigures, progressLine } from './report';
import { drawSchedule } from './schedule';
import { campaignWorkflow } from './workflows';
import type { Size } from './sizes';

const WORKERS = 3;
const CAMPAIGN = 'spring';

const SHAPE: Shape = {
	workers: WORKERS,
	webhook: false,
	// Executions that are in no queue any more are marked as crashed after this many minutes. n8n's default: 180.
	env: { N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.5' },
	sandbox: {
		quota: 'unlimited',
		frequencyRules: 'off',
		recordBodies: false,
		latencyMs: 200,
		pullIntervalSeconds: 0,
		receiptsPerPull: PER_EXECUTION,
	},
};

/**
 * @param logs Folder that gets the logs of all n8n processes
 * @returns The account
 */
export async function runChaos(size: Size, seed: number, logs?: string): Promise<Array<ReturnType<typeof check>>> {
	const cluster = await Cluster.start('main', SHAPE);
	try {
		return await runCampaign(cluster, size, seed);
	} finally {
		if (logs) keepLogs(cluster.folder, logs);
		await cluster.stop();
	}
}

async function runCampaign(cluster: Cluster, size: Size, seed: number) {
	const credentials = { jsms: cluster.credential, postgres: await createPostgresCredential(cluster) };
	await cluster.postgres.query(TABLE);
	const settings = { campaign: CAMPAIGN, batchSize: size.batchSize, ...credentials };
	const workflow = await cluster.client.createWorkflow(campaignWorkflow(settings));
	await cluster.client.activate(workflow, [`/webhook/${CAMPAIGN}`]);

	const groups = Array.from({ length: size.executions }, (_, index) => recipients(index * size.people, size.people));
	const people = groups.flat().map(({ mobile }) => mobile);
	const campaign = new Campaign(cluster, workflow, groups, size.atOnce);
	const havoc = new Havoc(cluster, drawSchedule(seed), size, WORKERS);
	const { ledger } = cluster.sandbox;
	const started = Date.now();
	const tell = progressLine(started);
	let told = started;
	const meanwhile = async () => {
		havoc.step(campaign.through / groups.length);
		if (Date.now() - told < 10_000) return;
		told = Date.now();
		tell(
			`${campaign.through} of ${groups.length} executions through, ${ledger.length.toLocaleString('en')} in the ledger, ` +
				`${havoc.kills} workers killed, restarted: ${havoc.restarted.join(', ') || 'nothing'}; ended: ${inWords(campaign.ends)}`,
		);
	};
	const through = await campaign.run(meanwhile, size.limitMs);
	await havoc.end();
	const took = Math.round((Date.now() - started) / 1000);
	tell('the campaign is through, once more where rows may be sent again');
	const firstLog = await readLog(cluster.postgres.query, CAMPAIGN);
	const retried = firstLog.filter(({ status, safe_to_retry: safe }) => status === 'failed' && safe);
	const unfinished = groupsOf(retried, groups);
	campaign.again(unfinished);
	const throughAgain = through && (await campaign.run(async () => undefined, size.limitMs));

	const before = await readLog(cluster.postgres.query, CAMPAIGN);
	const checks = [
		check('all executions got through', through && throughAgain ? [] : [`${groups.length - campaign.through} did not`]),
		check('the havoc was as planned', problemsOf(havoc, size)),
		...accountBeforeReports(people, before, ledger),
	];
	tell('taking in the delivery reports');
	await settleWithReports(cluster, settings, ledger.length, size.limitMs);
	const after = await readLog(cluster.postgres.query, CAMPAIGN);
	checks.push(...accountAfterReports(people, after, ledger));

	const count = (log: Row[], status: string) => log.filter((row) => row.status === status).length;
	printFigures([
		['Seed', String(seed)],
		['Seconds until all were through', took],
		['Recipients', people.length],
		['Executions that succeeded', campaign.ends.success ?? 0],
		['Executions that failed and were started again', inWords({ ...campaign.ends, success: 0 })],
		['Calls of the webhook that came to nothing', campaign.refusedCalls],
		['Workers killed', havoc.kills],
		['Restarted', havoc.restarted.join(', ') || 'nothing'],
		['Processes that ended by themselves', havoc.endedAlone.join(', ') || 'none'],
		['Faults of the service', inWords(havoc.faults)],
		['Failed, safe to retry, and started once more', retried.length],
		['In the ledger', ledger.length],
		[
			'Sent / failed / unknown before the reports',
			['sent', 'failed', 'unknown'].map((one) => count(before, one)).join(' / '),
		],
		[
			'Unknown, of them "Already sent"',
			before.filter(({ status, message }) => status === 'unknown' && /^Already/.test(message ?? '')).length,
		],
		['Unknown that turned out sent', after.filter(({ status, resolved }) => status === 'sent' && resolved).length],
		[
			'Unknown that turned out not sent',
			after.filter(({ status, resolved }) => status === 'failed' && resolved).length,
		],
		[
			'Sent / failed / unknown after the reports',
			['sent', 'failed', 'unknown'].map((one) => count(after, one)).join(' / '),
		],
	]);
	printChecks(checks);
	return checks;
}

function createPostgresCredential(cluster: Cluster) {
	const { env } = cluster.postgres;
	return cluster.client.createCredential({
		name: 'Message log',
		type: 'postgres',
		data: {
			host: env.DB_POSTGRESDB_HOST,
			port: Number(env.DB_POSTGRESDB_PORT),
			database: env.DB_POSTGRESDB_DATABASE,
			user: env.DB_POSTGRESDB_USER,
			password: env.DB_POSTGRESDB_PASSWORD,
			ssl: 'disable',
		},
	});
}

/** Numbers of the groups that these rows belong to. */
function groupsOf(rows: Row[], groups: Recipient[][]) {
	const wanted = new Set(rows.map(({ recipient }) => recipient));
	return [...groups.keys()].filter((index) => groups[index].some(({ mobile }) => wanted.has(mobile)));
}

/** A run in which nothing broke would prove nothing. */
function problemsOf(havoc: Havoc, size: Size) {
	const least = size.kills || 5;
	return [
		...(havoc.kills < least ? [`only ${havoc.kills} of ${least} workers killed`] : []),
		...(size.restarts && havoc.restarted.length < 3 ? [`restarted only: ${havoc.restarted.join(', ')}`] : []),
		...(size.restarts ? Object.keys(havoc.faults).filter((name) => havoc.faults[name] === 0) : []),
		...havoc.failures,
	];
}

function keepLogs(folder: string, target: string) {
	for (const name of fs.readdirSync(folder)) {
		for (const file of ['main.log', 'worker.log']) {
			const log = path.join(folder, name, file);
			if (!fs.existsSync(log)) continue;
			fs.mkdirSync(target, { recursive: true });
			fs.copyFileSync(log, path.join(target, `${name}.log`));
		}
	}
}
