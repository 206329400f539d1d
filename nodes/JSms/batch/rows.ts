import type { IDataObject } from 'n8n-workflow';

import { hintForMobile } from '../model/invalidMobile';
import { maskNumbers } from '../model/mask';
import type { Entry, Result, Shared } from '../model/recipient';

/** The outputs of a batch operation, in this order. */
export const BATCH_OUTPUTS = ['Sent', 'Failed', 'Unknown'] as const;

/** Index of the output a row belongs to. */
export function outputOf(result: Result): number {
	return result.status === 'sent' ? 0 : result.status === 'failed' ? 1 : 2;
}

/**
 * The row of one recipient. Keys stand in the order in which a person reads them, because the editor's table
 * shows columns in that order. No key is called `error`: n8n would take such a row for its own error item.
 */
export function toRow(entry: Entry, result: Result): IDataObject {
	const shared: Partial<Shared> = 'problem' in entry ? entry : entry.shared;
	const row: IDataObject = { status: result.status, mobile: entry.mobile ?? '' };
	if (result.status !== 'sent') {
		if (result.code !== undefined) row.error_code = result.code;
		row.error_message = maskNumbers(result.message);
		row.error_hint = hintForMobile(result.code, entry.mobile, result.hint);
		row.safe_to_retry = result.safeToRetry;
		if (result.attemptedAt !== undefined) row.attempted_at = result.attemptedAt;
	}
	if (result.msgId !== undefined) row.msg_id = result.msgId;
	const scheduleId = result.scheduleId ?? shared.scheduleId;
	if (scheduleId !== undefined) row.schedule_id = scheduleId;
	if (shared.sendTime !== undefined) row.send_time = shared.sendTime;
	if (shared.tempId !== undefined) row.temp_id = shared.tempId;
	row.temp_para = entry.tempPara ?? {};
	return row;
}
