import type { IDataObject } from 'n8n-workflow';

import { isRecord, toText } from '../model/json';
import type { ApiRequest } from '../model/request';

/** The item of an accepted message or voice call, with the ID of its delivery report; undefined without one. */
export function toSentMessage(response: unknown, { body }: ApiRequest): IDataObject[] | undefined {
	const msgId = isRecord(response) ? toText(response.msg_id) : undefined;
	if (msgId === undefined) return undefined;
	return [{ msg_id: msgId, mobile: body?.mobile, ...(body && 'temp_id' in body && { temp_id: body.temp_id }) }];
}
