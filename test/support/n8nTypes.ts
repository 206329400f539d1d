import type { IConnections, IDataObject, INode } from 'n8n-workflow';

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

/** A workflow as n8n's REST interface answers with it, as far as tests read it. */
export interface SavedWorkflow extends ExportedWorkflow {
	id: string;
	versionId: string;
}
