import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { refuseOperation } from '../../../nodes/JSms/execute/unknownOperation';

/** A node whose operation is not known says so, and does nothing. */

const HINT =
	"Choose one from the list, or update the package. For a call of your own use the 'HTTP Request' node with the JSms API credential.";
const CUSTOM = '__CUSTOM_API_CALL__';

const context = (onError?: INode['onError']) =>
	({
		getInputData: () => [{ json: { a: 1 } }, { json: {} }],
		getNode: () => ({ name: 'JSms', type: 'n8n-nodes-jsms.jSms', typeVersion: 1, onError }),
		continueOnFail: () => onError !== undefined,
	}) as unknown as IExecuteFunctions;

it.each([
	['message', 'shout', "The operation 'shout' of 'message' does not exist in this version of the node"],
	[undefined, undefined, "The operation 'undefined' of 'undefined' does not exist in this version of the node"],
	[CUSTOM, 'send', "This node cannot make a 'Custom API Call'"],
	['message', CUSTOM, "This node cannot make a 'Custom API Call'"],
])('stops the workflow for %s, %s', (resource, operation, message) => {
	try {
		refuseOperation(context(), resource, operation);
	} catch (error) {
		expect(error).toMatchObject({ name: 'NodeOperationError', message, description: HINT });
		expect((error as { context: object }).context).not.toHaveProperty('accepted');
		return;
	}
	throw new Error('Nothing was thrown');
});

it('gives an error item for each item in the continue modes', () => {
	expect(refuseOperation(context('continueRegularOutput'), 'message', 'shout')).toStrictEqual([
		[0, 1].map((item) => ({
			json: {
				error: "The operation 'shout' of 'message' does not exist in this version of the node",
				details: { hint: HINT, outcome: 'invalidInput', safe_to_retry: false },
			},
			pairedItem: { item },
		})),
	]);
});
