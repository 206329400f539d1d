import type { INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import type { NodeUnderTest } from './engine';

export interface HostOptions {
	/** Of the trigger, as in a saved workflow. */
	parameters?: INodeParameters;
	/** `webhook` for the production URL (default), `manual` for the test URL. */
	mode?: WorkflowExecuteMode;
	workflowId?: string;
	/** Stands for n8n storing the execution: a rejection is answered with 500, and there is no execution. */
	start?: (data: INodeExecutionData[][]) => Promise<void>;
	/** Stands for the execution of a trigger that waits for its last node: gives the item of that node; a rejection is a failure. */
	finish?: (data: INodeExecutionData[][]) => Promise<object>;
	/** Addresses on the way from the visitor, as n8n sees them with N8N_PROXY_HOPS; none without. */
	ips?: string[];
}

export interface HostedTrigger {
	/** Where the trigger's webhooks are. */
	url: string;
	/** The items each execution began with, in the order in which they were started. */
	executions: INodeExecutionData[][];
	/** What n8n calls when the workflow is activated and deactivated. */
	callLifecycle(method: 'checkExists' | 'create' | 'delete'): Promise<boolean>;
	close(): Promise<void>;
}

/**
 * Puts a trigger behind a real HTTP server, with n8n-core's own contexts. As n8n 2.x does, it answers after the execution
 * was started.
 */
export function hostTrigger(trigger: NodeUnderTest, options?: HostOptions): Promise<HostedTrigger>;
