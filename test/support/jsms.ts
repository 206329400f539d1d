import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';
import { JSms } from '../../nodes/JSms/JSms.node';
import { createNodeRunner, type NodeUnderTest } from './engine';
import { DEVELOPER_KEYS, KEYS } from './keys';
import { callNodeMethod, type NodeMethodCall } from './loadOptions';
import { createToolRunner } from './tool';

/** Its name on the canvas of the tests: `outputsOf(run, JSMS)`. */
export const JSMS = 'JSms';

export const JSMS_TYPE = 'n8n-nodes-jsms.jSms';

/** Keys the sandbox knows, of an application and an account with nothing wrong. */
export const keysOf = (baseUrl: string) => ({
	jSmsApi: { ...KEYS, baseUrl } as ICredentialDataDecryptedObject,
	jSmsDeveloperApi: { ...DEVELOPER_KEYS, baseUrl } as ICredentialDataDecryptedObject,
});

/**
 * The package's node, ready to be run against a service.
 *
 * @param baseUrl of the service, as in the credential: usually the sandbox's `baseUrl`
 * @returns `runNode` in a workflow, `runAsTool` by an agent, `callMethod` as the editor does, and what they are built from
 */
export function jsmsAt(baseUrl: string) {
	const node: NodeUnderTest = {
		name: JSMS,
		type: JSMS_TYPE,
		nodeType: new JSms(),
		credentialTypes: [new JSmsApi(), new JSmsDeveloperApi()],
		credentials: keysOf(baseUrl),
	};
	return {
		node,
		...createNodeRunner(node),
		...createToolRunner(node),
		callMethod: async (call: NodeMethodCall) => await callNodeMethod(node, call),
	};
}
