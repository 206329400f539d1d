/** Runs workflows in n8n-core's real engine, with two seams: the HTTP helper, and the dedupe store. */
import type { ICredentialType, IExecuteFunctions, INode, INodeExecutionData, INodeType, IRun } from 'n8n-workflow';

import { useDedupeStore } from '../../support/dedupe';
import { core, workflow as n8nWorkflow } from '../../support/n8n';
import {
	completeNode,
	createAdditionalData,
	createWorkflow,
	START_TYPE,
	startType,
	type PartialNode,
} from '../../support/workflow';
import { now } from '../clock/install';
import type { Origin } from '../service/ledger';
import { APP_KEY, MASTER_SECRET, type Service } from '../service/service';
import type { DedupeStore } from '../store/dedupeStore';
import { parametersOf } from '../world/parameters';
import type { NodePlan, Person, WorkflowPlan } from '../world/types';
import { LOOP_TYPE, loopType } from './loop';
import type { Entered, Execution, ExecutionResult, Turn } from './types';

/** What a simulated process has in memory. */
export interface ProcessModules {
	nodeType: INodeType;
	credentialTypes: ICredentialType[];
	pollTrigger(): INodeType;
	webhookTrigger(): INodeType;
	verificationTrigger(): INodeType;
}

export interface ExecutionPlan {
	execution: string;
	/** Position in the world. */
	workflow: number;
	plan: WorkflowPlan;
	people: Person[];
	modules: ProcessModules;
	store: DedupeStore;
	service: Service;
	/** Changes while the execution runs. */
	credential: { works: boolean };
	onEnter(entered: Entered): void;
}

export const CREDENTIALS = {
	jSmsApi: { appKey: APP_KEY, masterSecret: MASTER_SECRET, baseUrl: 'https://api.sms.jpush.cn/v1' },
};

/** Below the nodes: n8n runs those above first. */
const LOOP: PartialNode = { name: 'Loop', type: LOOP_TYPE, position: [0, 500] };

/** What the nodes of a workflow are called. */
export const nodeName = (position: number) => (position === 0 ? 'JSms' : `JSms${position}`);

export const workflowId = (position: number) => `wf${position}`;

/** Starts an execution; to be called from a timer of the process that it runs in. */
export function startExecution(plan: ExecutionPlan): Execution {
	const nodes = plan.plan.nodes.map((node, position) => toNode(node, position));
	const before = plan.plan.loop === undefined ? 'Start' : 'Loop';
	const toNodes = nodes.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }));
	const again = { node: 'Loop', type: 'main' as const, index: 0 };
	const workflow = createWorkflow({
		nodes: [{ name: 'Start', type: START_TYPE }, ...(before === 'Loop' ? [LOOP] : []), ...nodes],
		connections: {
			Start: { main: [before === 'Loop' ? [again] : toNodes] },
			Loop: { main: [toNodes, [again]] },
		},
		types: {
			[START_TYPE]: startType(plan.people.map((person) => ({ json: { ...person } }))),
			[LOOP_TYPE]: loopType(plan.plan.loop ?? 1),
			...Object.fromEntries(nodes.map(({ type }) => [type, wired(plan)])),
		},
		workflowId: workflowId(plan.workflow),
		active: true,
		settings: undefined,
		staticData: undefined,
		pinData: undefined,
	});
	useDedupeStore(workflow, plan.store as never);
	const additionalData = createAdditionalData({
		workflow,
		mode: 'trigger',
		executionId: plan.execution,
		credentialTypes: plan.modules.credentialTypes,
		credentials: CREDENTIALS,
		currentNodeParameters: undefined,
	});
	const start = workflow.getNode('Start');
	if (!start) throw new Error('The workflow has no start');
	const runData = n8nWorkflow.createRunExecutionData({
		resultData: {},
		executionData: {
			contextData: {},
			nodeExecutionStack: [{ node: start, data: { main: [[{ json: {} }]] }, source: null }],
		},
	});
	const running = new core.WorkflowExecute(additionalData as never, 'trigger', runData).processRunExecutionData(
		workflow,
	);
	return {
		result: Promise.resolve(running).then(resultOf),
		cancel: () => {
			(running as unknown as { cancel(): void }).cancel();
		},
	};
}

function toNode(node: NodePlan, position: number): INode {
	const { onError, tries, wait, executeOnce, tool } = node;
	return completeNode(
		{
			name: nodeName(position),
			type: tool ? 'n8n-nodes-jsms.jSmsTool' : 'n8n-nodes-jsms.jSms',
			parameters: parametersOf(node),
			onError,
			retryOnFail: tries > 1,
			maxTries: tries,
			waitBetweenTries: wait,
			executeOnce,
			credentials: { jSmsApi: { id: 'c', name: 'c' } },
		},
		position + 1,
	) as unknown as INode;
}

/** The node type with the service in the place of n8n's HTTP helper. */
function wired({ execution, workflow, modules: { nodeType }, service, credential, onEnter }: ExecutionPlan): INodeType {
	async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const origin: Origin = {
			execution,
			workflow,
			node: this.getNode().name,
			run: (this as IExecuteFunctions & { runIndex?: number }).runIndex ?? 0,
			owner: now.clock.owner,
		};
		const people = this.getInputData().map(({ json }) => json as unknown as Person);
		onEnter({ node: origin.node, run: origin.run, people });
		async function send(this: IExecuteFunctions, _credential: string, options: never) {
			return await service.request(options, this.getExecutionCancelSignal?.(), { ...origin, owner: now.clock.owner });
		}
		const helpers = { ...this.helpers, httpRequestWithAuthentication: send };
		const getCredentials: IExecuteFunctions['getCredentials'] = async (...asked) => {
			if (!credential.works) throw new Error('Credential with ID "c" does not exist for type "jSmsApi".');
			return await this.getCredentials(...asked);
		};
		const context = Object.create(this, {
			helpers: { value: helpers },
			getCredentials: { value: getCredentials },
		}) as IExecuteFunctions;
		return (await nodeType.execute?.call(context)) as INodeExecutionData[][];
	}
	return Object.create(nodeType, { execute: { value: execute } }) as INodeType;
}

function resultOf(run: IRun): ExecutionResult {
	const { runData, error, lastNodeExecuted } = run.data.resultData;
	const turns = Object.entries(runData)
		.filter(([node]) => node.startsWith('JSms'))
		.flatMap(([node, runs]) =>
			runs.map(
				(task, index): Turn => ({
					node,
					run: index,
					outputs: (task.data?.main ?? []).map((items) => (items ?? []).map(toOutputItem)),
					hints: (task.hints ?? []).map(({ message }) => message),
					...(task.error && { error: task.error.message }),
				}),
			),
		);
	return {
		isCancelled: run.status === 'canceled',
		turns,
		...(error && {
			error: {
				message: error.message,
				description: error.description ?? undefined,
				context: (error as { context?: unknown }).context,
				node: lastNodeExecuted,
			},
		}),
	};
}

function toOutputItem({ json, pairedItem }: INodeExecutionData): {
	json: Record<string, unknown>;
	item: number | undefined;
} {
	const item = typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : undefined;
	return { json, item };
}
