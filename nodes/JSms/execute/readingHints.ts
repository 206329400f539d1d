import type { INodeProperties, NodeExecutionHint } from 'n8n-workflow';

import { describeBrokenFields } from './brokenFields';
import type { Parameters } from './parameters';
import { describeSlowFields } from './slowFields';

/**
 * What the editor shows above the output about the parameters of a run, after they were read.
 * @param properties the fields of the operation; their labels are what people know
 */
export function describeReading(
	parameters: Pick<Parameters, 'brokenFields' | 'evaluatedFields' | 'notes'>,
	properties: readonly INodeProperties[],
): NodeExecutionHint[] {
	return [
		...describeBrokenFields(parameters.brokenFields(), properties),
		...parameters.notes().map((message): NodeExecutionHint => ({ message, type: 'warning', location: 'outputPane' })),
		...describeSlowFields(parameters.evaluatedFields(), properties),
	];
}
