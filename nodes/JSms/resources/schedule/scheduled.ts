import type { IDataObject } from 'n8n-workflow';

import { isRecord, toText } from '../../model/json';
import type { ApiRequest } from '../../model/request';

/** What was scheduled, with the ID under which it can be read, changed and deleted; undefined without one. */
export function toScheduled(response: unknown, { body, metadata }: ApiRequest): IDataObject[] | undefined {
	const scheduleId = isRecord(response) ? toText(response.schedule_id) : undefined;
	if (scheduleId === undefined) return undefined;
	return [
		{
			schedule_id: scheduleId,
			send_time: body?.send_time,
			send_at: metadata?.send_at,
			mobile: body?.mobile,
			temp_id: body?.temp_id,
			temp_para: body?.temp_para ?? {},
		},
	];
}
