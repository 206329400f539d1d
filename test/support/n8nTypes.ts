import type { IConnections, IDataObject, INode } from 'n8n-workflow';
export type { Workflow as SavedWorkflow } from '../../scripts/n8n/client';

/** A workflow as n8n exports it, as far as tests read it. */
export interface ExportedWorkflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
}

/** A workflow as n8n takes it to be saved. */
export interface WorkflowToCreate {
	name: string;
	nodes: object[];
	connections: IConnections;
	settings?: IDataObject;
}
