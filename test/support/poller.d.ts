import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

export interface PollerOptions {
	name: string;
	type: string;
	nodeType: INodeType;
	credentialTypes?: ICredentialType[];
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	parameters?: INodeParameters;
	/** Default: trigger. */
	mode?: 'trigger' | 'manual';
	/** What n8n's first poll belongs to. Default: n8n has started and activated the workflow before. */
	activation?: 'activate' | 'init' | 'update' | 'leadershipChange';
	/** Milliseconds that n8n allows for a poll; default: none is told. */
	budgetMs?: number;
}

/** A polling trigger in n8n-core's PollContext. Each call is one poll with the same context; gives the json of its items, or null. */
export function createPoller(options: PollerOptions): () => Promise<IDataObject[] | null>;
