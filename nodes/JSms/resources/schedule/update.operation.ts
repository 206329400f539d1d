import { readScheduleId, scheduleIdField, schedulePath, SCHEDULE_UNKNOWN } from '../../fields/schedule';
import { messageFields, messageOptions, readMessage } from '../../fields/message';
import { readSendTime, sendTimeField, serviceTimeZoneOption } from '../../fields/sendTime';
import type { SingleOperation } from '../../model/operation';
import { toScheduled } from './scheduled';

/**
 * PUT /schedule/{schedule_id}: replaces a schedule of one SMS as a whole. Not repeated: the SMS may have gone out meanwhile, and
 * a second try would be refused (50029) and look as if nothing had been changed.
 */
export const update: SingleOperation = {
	kind: 'single',
	effect: 'once',
	sends: true,
	value: 'update',
	name: 'Update',
	action: 'Update schedule',
	description: 'Replace a schedule of one SMS that has not been sent yet: time, number and text',
	fields: [scheduleIdField, sendTimeField, ...messageFields],
	options: [...messageOptions, serviceTimeZoneOption],
	usesTemplate: true,
	ifUnknown: SCHEDULE_UNKNOWN,
	buildRequest: (input) => {
		const path = schedulePath(readScheduleId(input.read));
		const { sendTime, sendAt } = readSendTime(input.read, input.option, input.timeZone, input.note);
		return { method: 'PUT', path, body: { send_time: sendTime, ...readMessage(input) }, metadata: { send_at: sendAt } };
	},
	toItems: toScheduled,
};
