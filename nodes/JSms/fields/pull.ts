import type { INodeProperties } from 'n8n-workflow';

import { toWholeNumber } from './numbers';
import type { Read } from '../model/inputProblem';

/** Fields of the operations that pull records. */
export const pullFields: INodeProperties[] = [
	{
		displayName:
			'JSMS gives out each record only once: what this node reads is gone from JSMS, also in a test run. Callbacks must be off in the Jiguang console, and nothing else may pull for the same application.',
		name: 'pullNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		hint: 'JSMS allows one call of up to 500 records in 5 seconds; one run reads at most 100,000 records',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1, numberPrecision: 0 },
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
		hint: 'Each call returns up to 500 records and the node drops none, so you may get more than the limit',
	},
];

/**
 * Reads after how many records no further page is asked for.
 * @throws InputProblem when it is no positive whole number
 */
export function readPullLimit(read: Read): number {
	if (read('returnAll') === true) return Number.POSITIVE_INFINITY;
	return toWholeNumber(
		read('limit'),
		"'Limit'",
		{ min: 1, max: Number.MAX_SAFE_INTEGER },
		"Set 'Limit' to a whole number of 1 or more, or switch 'Return All' on.",
	);
}
