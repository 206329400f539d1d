import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** Tests a credential as the button in n8n does and returns what the editor then shows. */
export function testCredential(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<{ status: 'OK' | 'Error'; message: string }>;
