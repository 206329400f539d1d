import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toErrorItem, toNodeError } from '../api/apiError';
import { failureOfInput } from '../model/failure';
import { InputProblem } from '../model/inputProblem';

/** What n8n stores for "Custom API Call", a choice it adds to the menus of every node with a credential of its own. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/** Ends a run for which no operation is known: with one error, or with an error item per input item in the continue modes. */
export function refuseOperation(
	context: IExecuteFunctions,
	resource: unknown,
	operation: unknown,
): INodeExecutionData[][] {
	const isCustom = resource === CUSTOM_API_CALL || operation === CUSTOM_API_CALL;
	const failure = failureOfInput(
		new InputProblem(
			isCustom
				? "This node cannot make a 'Custom API Call'"
				: `The operation '${String(operation)}' of '${String(resource)}' does not exist in this version of the node`,
			"Choose one from the list, or update the package. For a call of your own use the 'HTTP Request' node with the JSms API credential.",
		),
	);
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), failure, undefined);
	return [context.getInputData().map((_, item) => toErrorItem(context.getNode(), failure, item))];
}
