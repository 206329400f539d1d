import { matchRows } from '../../batch/match';
import { allowedHoursOption } from '../../fields/allowedHours';
import { batchFields, batchOptions, readShared, toBatchBody } from '../../fields/message';
import { batchSizeOption } from '../../fields/options';
import type { BatchOperation } from '../../model/operation';

/** POST /messages/batch: one template SMS to many numbers, up to 1,000 per request. */
export const sendBatch: BatchOperation = {
	kind: 'batch',
	value: 'sendBatch',
	name: 'Send Batch',
	action: 'Send batch of messages',
	description: 'Send a template SMS to many numbers, with a result for each of them',
	fields: batchFields,
	options: [...batchOptions, batchSizeOption, allowedHoursOption],
	usesTemplate: true,
	readShared,
	buildRequest: (shared, recipients) => ({
		method: 'POST',
		path: '/messages/batch',
		body: toBatchBody(shared, recipients),
	}),
	match: matchRows,
};
