import { setTimeout as wait } from 'node:timers/promises';

/** What n8n's own database says about the executions of a workflow: the main may be down when one asks. */
export class Executions {
	constructor(
		readonly query: (sql: string) => Promise<string>,
		readonly workflow: { id: string },
	) {}

	/** Id of the newest execution; 0 when there is none. */
	async newest(): Promise<number> {
		return Number(
			await this.#patiently(
				`SELECT coalesce(max(id), 0) FROM execution_entity WHERE "workflowId" = '${this.workflow.id}'`,
			),
		);
	}

	/** @returns Status by id; without those that are gone */
	async statusOf(ids: number[]): Promise<Map<number, string>> {
		if (ids.length === 0) return new Map();
		const rows = await this.#patiently(`SELECT id, status FROM execution_entity WHERE id IN (${ids.join(', ')})`);
		return new Map(
			rows
				.split('\n')
				.filter(Boolean)
				.map((row) => row.split('|'))
				.map(([id, status]) => [Number(id), status] as const),
		);
	}

	/** PostgreSQL may be starting again. */
	async #patiently(sql: string) {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.query(sql);
			} catch (error) {
				if (attempt === 60) throw error;
				await wait(500);
			}
		}
	}
}
