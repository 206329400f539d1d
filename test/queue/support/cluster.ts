import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { N8nClient } from '../../../scripts/n8n/client';
import { unpack } from '../../../scripts/n8n/community';
import { ensureN8n, type Installation } from '../../../scripts/n8n/install';
import { startN8n, type N8nProcess } from '../../../scripts/n8n/server';
import { startPostgres } from '../../../scripts/services/postgres';
import { startRedis } from '../../../scripts/services/redis';
import type { Service } from '../../../scripts/services/service';
import type { SavedWorkflow } from '../../support/n8nTypes';
import { find } from './records';
import { sendingWorkflow, type SendingOptions } from './workflows';
import type { Settings } from '../../../sandbox/settings';
import { KEYS } from '../../support/keys';
import { packTarball } from '../../../scripts/pack';
import { ROOT } from '../../support/root';

/** How soon n8n notices that a worker has died, milliseconds. Its own defaults: 60, 10 and 30 s. */
const LOCK_TIMES = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** How long a worker that is asked to end may go on with what it has begun. n8n's default: 30 s. */
export const GRACE_SECONDS = 15;

export interface Shape {
	/** They are called worker-1, worker-2, ... */
	workers?: number;
	/** Without a webhook process the main takes the calls. */
	webhook?: boolean;
	/** Further settings of all processes. */
	env?: Record<string, string>;
	sandbox?: Partial<Settings>;
}

/** One n8n in queue mode, with a sandbox to send to. Every process has its own user folder with the packed package in it. */
export class Cluster {
	installation!: Installation;
	folder!: string;
	tarball!: string;
	sandbox!: Sandbox;
	postgres!: Service & { env: Record<string, string>; query: (sql: string) => Promise<string> };
	redis!: Service & { env: Record<string, string> };
	client!: N8nClient;
	/** Where production calls go. */
	webhooks!: N8nClient;
	credential!: { id: string; name: string };

	/** What has to be ended, last started first. */
	#started: Array<() => unknown> = [];
	#processes = new Map<string, N8nProcess>();
	#env: Record<string, string> = {};

	/** Starts it: PostgreSQL, Redis, a main, workers, a webhook process. */
	static async start(leg: 'main' | 'compat', shape?: Shape): Promise<Cluster> {
		const cluster = new Cluster();
		try {
			await cluster.#start(leg, shape);
			return cluster;
		} catch (error) {
			await cluster.stop();
			throw error;
		}
	}

	async #start(leg: 'main' | 'compat', { workers = 2, webhook = true, env = {}, sandbox = {} }: Shape = {}) {
		this.installation = await ensureN8n(leg);
		this.folder = this.#temporaryFolder();
		this.tarball = packTarball(ROOT, this.folder);

		this.sandbox = await startSandbox({ settings: sandbox });
		this.#started.push(() => this.sandbox.close());
		// WHY a folder of its own: it may belong to another user, who could not get into ours.
		this.postgres = await startPostgres(this.#temporaryFolder());
		this.#started.push(() => this.postgres.stop());
		const redisFolder = path.join(this.folder, 'redis');
		fs.mkdirSync(redisFolder);
		this.redis = await startRedis(redisFolder);
		this.#started.push(() => this.redis.stop());

		this.#env = {
			...this.postgres.env,
			...this.redis.env,
			...LOCK_TIMES,
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(GRACE_SECONDS),
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			// So that a workflow can tell in which process it runs.
			N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
			...env,
		};
		// The main brings the database up to date; the others must find it ready.
		const main = await this.startProcess('main', 'main');
		await Promise.all([
			...(webhook ? [this.startProcess('webhook', 'webhook')] : []),
			...Array.from({ length: workers }, (_, index) => this.startProcess(`worker-${index + 1}`, 'worker')),
		]);
		this.client = await new N8nClient(main.url).logIn();
		this.webhooks = new N8nClient(this.process(webhook ? 'webhook' : 'main').url);
		this.credential = await this.client.createCredential({
			name: 'JSms sandbox',
			type: 'jSmsApi',
			data: {
				...KEYS,
				baseUrl: this.sandbox.baseUrl,
			},
		});
	}

	/**
	 * Starts one process of this n8n.
	 * @param name Not used before: its folder and log bear it
	 * @param port Where it listens; anywhere when absent
	 */
	async startProcess(name: string, role: 'main' | 'worker' | 'webhook', port?: number): Promise<N8nProcess> {
		const userFolder = path.join(this.folder, name);
		unpack(this.tarball, userFolder);
		const env = { ...this.#env, PROCESS_NAME: name };
		const started = await startN8n({ installation: this.installation, userFolder, role, env, port });
		this.#processes.set(name, started);
		this.#started.push(() => started.stop());
		return started;
	}

	process(name: string): N8nProcess {
		const found = this.#processes.get(name);
		if (!found) throw new Error(`There is no process "${name}".`);
		return found;
	}

	/**
	 * Saves a workflow and puts it into production.
	 * @param name Also the path of its webhook
	 * @param settings See sendingWorkflow
	 */
	async publish(name: string, settings?: Partial<SendingOptions>): Promise<SavedWorkflow> {
		const workflow = sendingWorkflow({ name, credential: this.credential, ...settings });
		const saved = await this.client.createWorkflow(workflow);
		await this.client.activate(saved, [`/webhook/${name}`]);
		return saved;
	}

	/**
	 * Saves a workflow that a person starts by hand, from its node "Start".
	 * @param settings See sendingWorkflow
	 */
	async publishManual(name: string, people: object[], settings?: Partial<SendingOptions>): Promise<SavedWorkflow> {
		const workflow = sendingWorkflow({ name, credential: this.credential, people, ...settings });
		return await this.client.createWorkflow(workflow);
	}

	/**
	 * Calls a webhook that answers at once.
	 * @returns The execution's id
	 */
	async begin(workflow: { id: string; name: string }, people: object[]): Promise<string> {
		const ids = async () => (await this.client.listExecutions(workflow.id)).map(({ id }) => id);
		const before = await ids();
		await this.webhooks.callWebhook(workflow.name, { recipients: people });
		return find('the execution', async () => (await ids()).find((id) => !before.includes(id)));
	}

	/** What a process has logged. */
	logOf(name: string) {
		return fs.readFileSync(this.process(name).log, 'utf8');
	}

	/** Names of the processes whose log says that they worked on an execution. */
	whoRan(executionId: string) {
		const line = new RegExp(`Worker started execution ${executionId} `);
		return [...this.#processes.keys()].filter((name) => line.test(this.logOf(name)));
	}

	/**
	 * What n8n's dedupe store holds, as hashes: keys and the marks of writes in the records of a workflow's nodes (scope "node"),
	 * notes in the record of the workflow.
	 */
	async remembered({ id }: { id: string }, scope: 'node' | 'workflow') {
		const rows = await this.postgres.query(
			`SELECT value FROM processed_data WHERE "workflowId" = '${id}' AND context ${scope === 'node' ? '<>' : '='} ''`,
		);
		return rows
			.split('\n')
			.filter(Boolean)
			.flatMap((row) => (JSON.parse(row) as { data: string[] }).data);
	}

	/** Ends everything, also what is left of a start that failed. */
	async stop() {
		const failures: unknown[] = [];
		for (const end of this.#started.splice(0).reverse()) {
			try {
				await end();
			} catch (error) {
				failures.push(error);
			}
		}
		if (failures.length > 0) throw new AggregateError(failures, 'The n8n of this test could not be ended cleanly.');
	}

	#temporaryFolder() {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-queue-'));
		this.#started.push(() => fs.rmSync(folder, { recursive: true, force: true }));
		return folder;
	}
}
