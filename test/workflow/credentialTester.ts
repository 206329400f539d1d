/**
 * Runs a credential's `test` the way n8n's server does (its credentials tester is not published as a library): the
 * request as the routing of a one-property node, then the rules. Kept close to n8n 2.41's order of decisions.
 */
import {
	NodeConnectionTypes,
	createEmptyRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { core } from '../support/n8n';
import { createAdditionalData, createWorkflow, nodeOf } from '../support/workflow';

const NODE_NAME = 'Temp-Node';
const NODE_TYPE = 'test.noOp';

const at = (value: unknown, path: string): unknown =>
	path.split('.').reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);

/** Tests a credential as the button in n8n does and returns what the editor then shows. */
export async function testCredential(
	credentialType: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
	const { name, test } = credentialType;
	if (!test) throw new Error(`${name} has no test`);
	const nodeType: INodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: 'Does nothing',
			defaults: { name: NODE_NAME },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request: test.request }, default: '' },
			],
		},
	};
	const workflow = createWorkflow({
		nodes: [{ name: NODE_NAME, type: NODE_TYPE, credentials: { [name]: { id: '1', name } } }],
		types: { [NODE_TYPE]: nodeType },
	});
	const node = nodeOf(workflow, NODE_NAME);
	const additionalData = createAdditionalData({
		workflow,
		mode: 'internal',
		credentialTypes: [credentialType],
		credentials: { [name]: data },
		currentNodeParameters: node.parameters,
	});
	const decrypted = await additionalData.credentialsHelper.getDecrypted(
		additionalData,
		{ id: '1', name },
		name,
		'internal',
	);
	const inputData = { main: [[{ json: {} }]] };
	const runData = createEmptyRunExecutionData();
	const executeData = { node, data: {}, source: null };
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		runData,
		0,
		[],
		inputData,
		executeData,
		[],
	);
	let response: INodeExecutionData[][] | null | undefined;
	try {
		response = await new core.RoutingNode(context, nodeType, { id: '1', name, type: name, data: decrypted }).runNode();
	} catch (error) {
		return { status: 'Error', message: messageOf(error) };
	}
	const broken = (test.rules ?? []).find(
		({ type, properties }) =>
			type === 'responseSuccessBody' && at(response?.[0][0].json, properties.key) === properties.value,
	);
	return broken
		? { status: 'Error', message: broken.properties.message }
		: { status: 'OK', message: 'Connection successful!' };
}

interface Cause {
	response?: { status: number; statusText?: string };
	code?: string;
}

/** n8n shows the status text of an answer, or the bare code of a failed connection, instead of the error's own words. */
function messageOf(error: unknown): string {
	const { message, cause } = error as Error & { cause?: Cause };
	const { response, code } = cause ?? {};
	if (response) {
		const { status, statusText } = response;
		if (status < 199 || status > 299) return statusText || `Received HTTP status code: ${status}`;
	} else if (code) {
		return code;
	}
	return message;
}
