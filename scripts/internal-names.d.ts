import type { ICredentialType, INodeType } from 'n8n-workflow';

/** Where the names are written down. */
export const FILE: string;

/** The names of nodes and credentials, one line for each, sorted. */
export function namesOf(nodes: INodeType[], credentials: ICredentialType[]): string[];
