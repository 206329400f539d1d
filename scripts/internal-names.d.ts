import type { ICredentialType, INodeType } from 'n8n-workflow';

/** The names of nodes and credentials, one line for each, sorted. */
export function namesOf(nodes: INodeType[], credentials: ICredentialType[]): string[];
