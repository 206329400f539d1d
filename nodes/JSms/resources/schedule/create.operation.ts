import { messageFields, messageOptions, readMessage } from '../../fields/message';
import { SCHEDULE_UNKNOWN } from '../../fields/schedule';
import { readSendTime, sendTimeField, serviceTimeZoneOption } from '../../fields/sendTime';
import type { SingleOperation } from '../../model/operation';
import { toScheduled } from './scheduled';

/** POST /schedule: one template SMS per item, at a later time. */
export const create: SingleOperation = {
	kind: 'single',
	effect: 'once',
	sends: true,
	value: 'create',
	name: 'Create',
	action: 'Create schedule',
	description:
		'Schedule a template SMS to one number per item. It costs as much as any SMS, and can be deleted until it is sent.',
	fields: [sendTimeField, ...messageFields],
	options: [...messageOptions, serviceTimeZoneOption],
	usesTemplate: true,
	ifUnknown: SCHEDULE_UNKNOWN,
	buildRequest: (input) => {
		const { sendTime, sendAt } = readSendTime(input.read, input.option, input.timeZone, input.note);
		return {
			method: 'POST',
			path: '/schedule',
			body: { send_time: sendTime, ...readMessage(input) },
			metadata: { send_at: sendAt },
		};
	},
	toItems: toScheduled,
};
