import { setTimeout as wait } from 'node:timers/promises';
import { Executions } from './executions';
import type { Cluster } from '../queue/support/cluster';

/** n8n has given up on an execution. */
const FAILED = new Set(['error', 'crashed', 'canceled']);

/**
 * Sends a campaign the way a careful person would: starts an execution for each group of recipients, looks what became
 * of it, and starts a failed one again with the same data, until every group is through.
 */
export class Campaign {
	readonly executions: Executions;
	/** Numbers of the groups still to be started. */
	readonly waiting: number[];
	/** Execution by the number of its group. */
	readonly underWay = new Map<number, number>();
	/** How executions ended, how often. */
	readonly ends: Record<string, number> = {};
	/** Calls of the webhook without an execution. */
	refusedCalls = 0;

	/**
	 * @param groups Recipients of each execution
	 * @param atOnce Executions under way at the same moment
	 */
	constructor(
		readonly cluster: Cluster,
		readonly workflow: { id: string; name: string },
		readonly groups: object[][],
		readonly atOnce: number,
	) {
		this.executions = new Executions(cluster.postgres.query, workflow);
		this.waiting = groups.map((_, index) => index);
	}

	get through() {
		return this.groups.length - this.waiting.length - this.underWay.size;
	}

	/** Starts these groups once more. */
	again(groups: number[]) {
		this.waiting.push(...groups);
	}

	/**
	 * @param meanwhile Called between looks
	 * @param limitMs Given up when none got through for so long
	 * @returns Whether all groups are through
	 */
	async run(meanwhile: () => Promise<unknown>, limitMs: number): Promise<boolean> {
		let through = this.through;
		let deadline = Date.now() + limitMs;
		while (this.through < this.groups.length) {
			if (this.through > through) {
				through = this.through;
				deadline = Date.now() + limitMs;
			}
			if (Date.now() > deadline) return false;
			const next = this.underWay.size < this.atOnce ? this.waiting.shift() : undefined;
			if (next !== undefined) await this.#start(next);
			else await wait(300);
			await this.#look();
			await meanwhile();
		}
		return true;
	}

	/** One call after the other: so a new execution belongs to the last call, whatever became of its answer. */
	async #start(group: number) {
		const before = await this.executions.newest();
		const answered = await this.#call(group);
		if (!answered) await wait(1_000);
		const id = await this.executions.newest();
		if (id > before) {
			this.underWay.set(group, id);
			return;
		}
		this.refusedCalls++;
		this.waiting.unshift(group);
		await wait(500);
	}

	async #call(group: number) {
		try {
			const { status } = await this.cluster.webhooks.callWebhook(this.workflow.name, {
				recipients: this.groups[group],
			});
			return status === 200;
		} catch {
			return false;
		}
	}

	async #look() {
		const statuses = await this.executions.statusOf([...this.underWay.values()]);
		for (const [group, id] of this.underWay) {
			const status = statuses.get(id) ?? 'vanished';
			const failed = FAILED.has(status) || status === 'vanished';
			if (status !== 'success' && !failed) continue;
			this.ends[status] = (this.ends[status] ?? 0) + 1;
			this.underWay.delete(group);
			if (failed) this.waiting.push(group);
		}
	}
}
