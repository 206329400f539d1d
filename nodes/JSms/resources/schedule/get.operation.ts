import type { IDataObject } from 'n8n-workflow';

import { readScheduleId, scheduleIdField, schedulePath } from '../../fields/schedule';
import { momentOf, readServiceTimeZone, serviceTimeZoneOption } from '../../fields/sendTime';
import { isRecord, isShallow, readText } from '../../model/json';
import type { SingleOperation } from '../../model/operation';

/** GET /schedule/{schedule_id}: one item per schedule with its recipients, of single and batch schedules alike. */
export const get: SingleOperation = {
	kind: 'single',
	effect: 'repeat',
	value: 'get',
	name: 'Get',
	action: 'Get schedule',
	description: 'Read a schedule that has not been sent yet, with its recipients and their msg_id',
	fields: [scheduleIdField],
	options: [serviceTimeZoneOption],
	buildRequest: ({ read, option }) => ({
		method: 'GET',
		path: schedulePath(readScheduleId(read)),
		aside: { timeZone: readServiceTimeZone(option) },
	}),
	toItems: (answer, { aside }) => {
		if (!isRecord(answer) || !isShallow(answer)) return undefined;
		const { schedule_id: scheduleId, send_time: sendTime, recipients, ...rest } = answer as IDataObject;
		const sendAt = typeof sendTime === 'string' ? momentOf(sendTime, String(aside?.timeZone)) : undefined;
		return [
			{
				schedule_id: scheduleId,
				send_time: sendTime,
				...(sendAt !== undefined && { send_at: sendAt }),
				...rest,
				recipients: Array.isArray(recipients) ? recipients.map(withTextId) : [],
			},
		];
	},
};

/** IDs of messages come as text or number and are text here, so that they join the rows of sends and reports. */
function withTextId(recipient: unknown): IDataObject {
	if (!isRecord(recipient)) return {};
	const msgId = readText(recipient.msg_id);
	return {
		...(msgId !== undefined && { msg_id: msgId }),
		...(recipient as IDataObject),
		...(msgId !== undefined && { msg_id: msgId }),
	};
}
