import type { INodeProperties, NodeExecutionHint } from 'n8n-workflow';

import { isRecord } from '../model/json';
import { labelOf } from './slowFields';

/** A parameter, or a part of one, that refers to a node that does not exist. */
export interface BrokenField {
	/** Where n8n keeps it, such as `templateFields.value.name`. */
	path: string;
	/** The name that stands in the expression, where n8n tells it. */
	nodeName?: string;
}

/**
 * Whether n8n refused an expression because of a node that does not exist, and its name; undefined for any other error.
 * Such an expression is wrong for every item.
 */
export function missingNodeOf(error: unknown): Pick<BrokenField, 'nodeName'> | undefined {
	if (!(error instanceof Error)) return undefined;
	const { context: found } = error as Error & { context?: unknown };
	const context = isRecord(found) ? found : {};
	if (context.descriptionKey !== 'nodeNotFound' && !/node doesn't exist/i.test(error.message)) return undefined;
	return typeof context.nodeCause === 'string' ? { nodeName: context.nodeCause } : {};
}

/**
 * What the editor shows above the output about expressions that cannot work for any item: the rows alone would repeat it.
 * @param properties the fields of the operation; their labels are what people know
 */
export function describeBrokenFields(
	fields: readonly BrokenField[],
	properties: readonly INodeProperties[],
): NodeExecutionHint[] {
	return fields.map(({ path, nodeName }) => ({
		message:
			`'${labelOf(path.split('.'), properties)}' refers to ${nodeName === undefined ? 'a node' : `the node '${nodeName}'`} that does not exist in this workflow, so it cannot be read for any item. ` +
			'Open the field and choose a node that exists.',
		type: 'warning',
		location: 'outputPane',
	}));
}
