import { Campaign } from './campaign';
import type { WorkflowToCreate } from '../support/n8nTypes';
import { endWorkflow, reportsWorkflow, type LogSettings } from './workflows';
import type { Cluster } from '../queue/support/cluster';

/** Reports that one execution takes in. */
export const PER_EXECUTION = 5_000;

/**
 * Resolves what is unknown in the log: pulls all delivery reports, then closes what has none.
 * @param messages In the ledger; each has a report
 * @param limitMs For each execution
 */
export async function settleWithReports(cluster: Cluster, settings: LogSettings, messages: number, limitMs: number) {
	await runTimes(
		cluster,
		reportsWorkflow({ ...settings, name: `${settings.campaign}-reports`, limit: PER_EXECUTION }),
		Math.ceil(messages / PER_EXECUTION),
		limitMs,
	);
	await runTimes(cluster, endWorkflow({ ...settings, name: `${settings.campaign}-end` }), 1, limitMs);
}

/** One execution after the other. */
async function runTimes(cluster: Cluster, definition: WorkflowToCreate, times: number, limitMs: number) {
	const workflow = await cluster.client.createWorkflow(definition);
	await cluster.client.activate(workflow, [`/webhook/${workflow.name}`]);
	const runs = new Campaign(
		cluster,
		workflow,
		Array.from({ length: times }, () => []),
		1,
	);
	const done = await runs.run(async () => undefined, limitMs);
	const { success = 0, ...others } = runs.ends;
	if (!done || success !== times || Object.keys(others).length > 0) {
		throw new Error(`"${workflow.name}" ended as ${JSON.stringify(runs.ends)} instead of ${times} successes.`);
	}
}
