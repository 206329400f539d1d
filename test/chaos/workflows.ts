import type { IConnection, INodeConnections } from 'n8n-workflow';
import { sendingWorkflow } from '../queue/support/workflows';
import type { WorkflowToCreate } from '../support/n8nTypes';
import { completeNode, type PartialNode } from '../support/workflow';
import { NO_REPORT, TAKE_REPORTS, WRITE_ROWS } from './messageLog';
import { TIMEOUT_MS } from './schedule';

interface Credential {
	id: string;
	name: string;
}

export interface LogSettings {
	/** Its name is also the path of the webhook. */
	campaign: string;
	jsms: Credential;
	postgres: Credential;
}

/** The campaign: recipients from a webhook, a batch with Send Once Keys, the rows of all three outputs into the log. */
export function campaignWorkflow({ campaign, batchSize, jsms, postgres }: LogSettings & { batchSize: number }) {
	const rows = rowsOf(campaign);
	const workflow = sendingWorkflow({
		name: campaign,
		credential: jsms,
		options: { sendOnceKey: `=${campaign}/{{ $json.mobile }}`, batchSize, timeout: TIMEOUT_MS },
	});
	const [together, log] = inLine(
		campaign,
		[allTogether(), queryNode('Write to the log', WRITE_ROWS, rows, postgres)],
		3,
	);
	const collect = [to(together)];
	return {
		...workflow,
		nodes: [...workflow.nodes, together, log],
		connections: {
			...workflow.connections,
			JSms: { main: [collect, collect, collect] },
			[together.name]: { main: [[to(log)]] },
		},
	};
}

/**
 * Pulls delivery reports into the log. Started again until there are no more.
 * @param settings `name` is also the path of the webhook, `limit` the reports per execution
 */
export function reportsWorkflow({
	name,
	limit,
	campaign,
	jsms,
	postgres,
}: LogSettings & { name: string; limit: number }) {
	const pull = {
		name: 'Pull Reports',
		type: 'n8n-nodes-jsms.jSms',
		typeVersion: 1,
		parameters: { resource: 'receipt', operation: 'pullReports', limit },
		credentials: { jSmsApi: jsms },
	};
	return chain(name, [pull, allTogether(), queryNode('Take the reports', TAKE_REPORTS, rowsOf(campaign), postgres)]);
}

/** Gives up on reports: whoever is still unknown was not sent to. */
export function endWorkflow({ name, campaign, postgres }: LogSettings & { name: string }) {
	return chain(name, [queryNode('No report', NO_REPORT, `={{ ['${campaign}'] }}`, postgres)]);
}

/** Parameters of a query about all rows of a campaign. */
const rowsOf = (campaign: string) => `={{ ['${campaign}', JSON.stringify($json.rows)] }}`;

/** One item with all rows, so that the log is written in one query. */
function allTogether(): PartialNode {
	return {
		name: 'All together',
		type: 'n8n-nodes-base.aggregate',
		typeVersion: 1,
		parameters: { aggregate: 'aggregateAllItemData', destinationFieldName: 'rows', options: {} },
	};
}

function queryNode(name: string, query: string, queryReplacement: string, postgres: Credential): PartialNode {
	return {
		name,
		type: 'n8n-nodes-base.postgres',
		typeVersion: 2.6,
		parameters: { operation: 'executeQuery', query, options: { queryReplacement } },
		credentials: { postgres },
	};
}

/** Nodes one after the other behind a webhook that answers at once. */
function chain(path: string, nodes: PartialNode[]): WorkflowToCreate {
	const webhook: PartialNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} },
	};
	const all = inLine(path, [webhook, ...nodes]);
	const links = all
		.slice(1)
		.map((node, index) => [all[index].name, { main: [[to(node)]] }] as [string, INodeConnections]);
	return { name: path, nodes: all, connections: Object.fromEntries(links), settings: { executionOrder: 'v1' } };
}

function inLine(workflow: string, nodes: PartialNode[], first = 0) {
	return nodes.map((node, index) => completeNode({ ...node, id: `${workflow}-${first + index}` }, first + index));
}

function to(node: PartialNode): IConnection {
	return { node: node.name, type: 'main', index: 0 };
}
