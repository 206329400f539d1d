import type { IDataObject } from 'n8n-workflow';

import { readScheduleId, scheduleIdField, schedulePath } from '../../fields/schedule';
import { momentOf, readServiceTimeZone, serviceTimeZoneOption } from '../../fields/sendTime';
import { isRecord, isShallow, toText } from '../../model/json';
import type { SingleOperation } from '../../model/operation';

/** GET /schedule/{schedule_id}: one item per schedule with its recipients, of single and batch schedules alike. */
export const get: SingleOperation = {
	kind: 'single',
	effect: 'idempotent',
	value: 'get',
	name: 'Get',
	action: 'Get schedule',
	description: 'Read a schedule that has not been sent yet, with its recipients and their msg_id',
	fields: [scheduleIdField],
	options: [serviceTimeZoneOption],
	buildRequest: ({ read, option }) => ({
		method: 'GET',
		path: schedulePath(readScheduleId(read)),
		metadata: { timeZone: readServiceTimeZone(option) },
	}),
	toItems: (response, { metadata }) => {
		if (!isRecord(response) || !isShallow(response)) return undefined;
		const { schedule_id: scheduleId, send_time: sendTime, recipients, ...rest } = response as IDataObject;
		const sendAt = typeof sendTime === 'string' ? momentOf(sendTime, String(metadata?.timeZone)) : undefined;
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
	const msgId = toText(recipient.msg_id);
	return {
		...(msgId !== undefined && { msg_id: msgId }),
		...(recipient as IDataObject),
		...(msgId !== undefined && { msg_id: msgId }),
	};
}
