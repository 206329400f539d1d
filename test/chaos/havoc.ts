import type { N8nProcess } from '../../scripts/n8n/server';
import { FAULTS, type FaultName, type Part, type Schedule } from './schedule';
import type { Cluster } from '../queue/support/cluster';
import type { Size } from './sizes';

const PATH = '/v1/messages/batch';

/** Breaks what the schedule says, while a campaign goes on, and starts again whatever has ended. */
export class Havoc {
	kills = 0;
	/** Parts that were restarted, in this order. */
	readonly restarted: string[] = [];
	/** How often each fault was met. */
	readonly faults: Record<string, number> = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0]));
	/** Processes that ended though nobody killed them. */
	readonly endedAlone: string[] = [];
	/** What could not be started again, and why. */
	readonly failures: string[] = [];

	readonly #busy = new Set<Promise<unknown>>();
	#workers: string[];
	/** Workers started so far. */
	#made: number;
	#nextKill: number;
	#off = false;
	/** The fault that waits for its request. */
	#fault?: FaultName;
	#stopping?: N8nProcess;

	/** @param workers How many were started */
	constructor(
		readonly cluster: Cluster,
		readonly schedule: Schedule,
		readonly size: Size,
		workers: number,
	) {
		this.#workers = Array.from({ length: workers }, (_, index) => `worker-${index + 1}`);
		this.#made = workers;
		this.#nextKill = Date.now() + size.killEveryMs / 2;
		for (const name of ['main', ...this.#workers]) this.#watch(name);
	}

	/**
	 * Called again and again.
	 * @param share of the campaign that is through, 0 to 1
	 */
	step(share: number) {
		if (this.#off) return;
		this.#queueFault();
		if (Date.now() >= this.#nextKill) this.#kill(share);
		const next = this.schedule.restarts[this.restarted.length];
		if (this.size.restarts && next && share >= next.at) this.#restart(next.part);
	}

	/** No more havoc; what is being started again is waited for. */
	async end() {
		this.#off = true;
		this.cluster.sandbox.clearFaults();
		await Promise.all(this.#busy);
	}

	#queueFault() {
		if (this.cluster.sandbox.faults.length > 0) return;
		if (this.#fault !== undefined) this.faults[this.#fault]++;
		const { name, after } = this.schedule.nextFault();
		this.cluster.sandbox.fault({ ...FAULTS[name], path: PATH, after });
		this.#fault = name;
	}

	#kill(share: number) {
		if (this.size.kills > 0 && (this.kills >= this.size.kills || share === 0)) return;
		// The last one stays until another is up: on a slow machine they would all die new-born, and nothing would be sent.
		if (this.#workers.length < 2) return;
		this.#nextKill = Date.now() + this.size.killEveryMs;
		const victim = this.schedule.victim(this.#workers);
		this.#workers = this.#workers.filter((name) => name !== victim);
		this.cluster.process(victim).kill('SIGKILL');
		this.kills++;
		this.#do(() => this.#startWorker());
	}

	async #startWorker() {
		const name = `worker-${++this.#made}`;
		await this.cluster.startProcess(name, 'worker');
		this.#workers.push(name);
		this.#watch(name);
	}

	#restart(part: Part) {
		this.restarted.push(part);
		this.#do(part === 'main' ? () => this.#restartMain() : () => this.cluster[part].restart());
	}

	async #restartMain() {
		const main = this.cluster.process('main');
		this.#stopping = main;
		await main.stop();
		await this.#startMain(main);
	}

	async #startMain({ url }: N8nProcess) {
		await this.cluster.startProcess('main', 'main', Number(new URL(url).port));
		this.#watch('main');
	}

	/** As whatever looks after processes does: one that ends is started again. */
	#watch(name: string) {
		const watched = this.cluster.process(name);
		void watched.exited.then(() => {
			const expected = this.#off || watched === this.#stopping || (name !== 'main' && !this.#workers.includes(name));
			if (expected) return;
			this.endedAlone.push(name);
			this.#workers = this.#workers.filter((other) => other !== name);
			this.#do(name === 'main' ? () => this.#startMain(watched) : () => this.#startWorker());
		});
	}

	/** In the background; a process that does not come up (PostgreSQL may be down) is tried again. */
	#do(task: () => Promise<unknown>) {
		const attempt = async (left: number): Promise<void> => {
			try {
				await task();
			} catch (error) {
				if (left === 0) throw error;
				await attempt(left - 1);
			}
		};
		const busy: Promise<unknown> = attempt(3)
			.catch((error: Error) => this.failures.push(error.message))
			.finally(() => this.#busy.delete(busy));
		this.#busy.add(busy);
	}
}
