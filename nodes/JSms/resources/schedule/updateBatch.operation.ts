import { matchFailures } from '../../batch/matchFailures';
import { batchFields, batchOptions, readShared, toBatchBody } from '../../fields/message';
import { readScheduleId, scheduleIdField, SCHEDULE_UNKNOWN } from '../../fields/schedule';
import { readSendTime, sendTimeField, serviceTimeZoneOption } from '../../fields/sendTime';
import type { BatchOperation } from '../../model/operation';

/** PUT /schedule/batch/{schedule_id}: replaces a schedule of many SMS as a whole, in one request. */
export const updateBatch: BatchOperation = {
	kind: 'batch',
	value: 'updateBatch',
	name: 'Update Batch',
	action: 'Update schedule for many numbers',
	description:
		'Replace a schedule of many SMS that has not been sent yet: time, text and the whole list of at most 1,000 recipients. Sent means scheduled.',
	fields: [scheduleIdField, sendTimeField, ...batchFields],
	options: [...batchOptions, serviceTimeZoneOption],
	usesTemplate: true,
	done: 'scheduled',
	ifUnknown: SCHEDULE_UNKNOWN,
	replaces: true,
	readShared: (input) => ({
		...readShared(input),
		scheduleId: readScheduleId(input.read),
		sendTime: readSendTime(input.read, input.option, input.timeZone, input.note).sendTime,
	}),
	buildRequest: (shared, recipients) => ({
		method: 'PUT',
		path: `/schedule/batch/${encodeURIComponent(shared.scheduleId ?? '')}`,
		body: { send_time: shared.sendTime, ...toBatchBody(shared, recipients) },
	}),
	match: matchFailures,
};
