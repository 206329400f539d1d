'use strict';

const { setTimeout: wait } = require('node:timers/promises');

/** What n8n's own database says about the executions of a workflow: the main may be down when one asks. */
class Executions {
	/**
	 * @param {(sql: string) => Promise<string>} query
	 * @param {{id: string}} workflow
	 */
	constructor(query, workflow) {
		this.query = query;
		this.workflow = workflow;
	}

	/** Id of the newest execution; 0 when there is none. @returns {Promise<number>} */
	async newest() {
		return Number(
			await this.#patiently(
				`SELECT coalesce(max(id), 0) FROM execution_entity WHERE "workflowId" = '${this.workflow.id}'`,
			),
		);
	}

	/** @param {number[]} ids @returns {Promise<Map<number, string>>} Status by id; without those that are gone */
	async statusOf(ids) {
		if (ids.length === 0) return new Map();
		const rows = await this.#patiently(`SELECT id, status FROM execution_entity WHERE id IN (${ids.join(', ')})`);
		return new Map(
			rows
				.split('\n')
				.filter(Boolean)
				.map((row) => row.split('|'))
				.map(([id, status]) => [Number(id), status]),
		);
	}

	/** PostgreSQL may be starting again. */
	async #patiently(sql) {
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

module.exports = { Executions };
