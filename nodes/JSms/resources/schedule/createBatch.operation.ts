import { matchFailures } from '../../batch/matchFailures';
import { batchFields, batchOptions, readShared, toBatchBody } from '../../fields/message';
import { batchSizeOption } from '../../fields/options';
import { SCHEDULE_UNKNOWN } from '../../fields/schedule';
import { readSendTime, sendTimeField, serviceTimeZoneOption } from '../../fields/sendTime';
import type { BatchOperation } from '../../model/operation';

/** POST /schedule/batch: one template SMS to many numbers at a later time, up to 1,000 per schedule. */
export const createBatch: BatchOperation = {
	kind: 'batch',
	value: 'createBatch',
	name: 'Create Batch',
	action: 'Create schedules for many numbers',
	description:
		'Schedule a template SMS to many numbers, with a result for each of them. Sent means scheduled; more than 1,000 become several schedules.',
	fields: [sendTimeField, ...batchFields],
	options: [...batchOptions, batchSizeOption, serviceTimeZoneOption],
	usesTemplate: true,
	done: 'scheduled',
	ifUnknown: SCHEDULE_UNKNOWN,
	readShared: (input) => ({
		...readShared(input),
		sendTime: readSendTime(input.read, input.option, input.timeZone, input.note).sendTime,
	}),
	buildRequest: (shared, recipients) => ({
		method: 'POST',
		path: '/schedule/batch',
		body: { send_time: shared.sendTime, ...toBatchBody(shared, recipients) },
	}),
	match: matchFailures,
};
