import { readScheduleId, scheduleIdField, schedulePath } from '../../fields/schedule';
import type { SingleOperation } from '../../model/operation';

/** DELETE /schedule/{schedule_id}: responds with an empty body. */
export const deleteSchedule: SingleOperation = {
	kind: 'single',
	effect: 'delete',
	value: 'delete',
	name: 'Delete',
	action: 'Delete schedule',
	description: 'Delete a schedule that has not been sent yet, so that nothing is sent',
	fields: [scheduleIdField],
	expects: 'empty',
	buildRequest: ({ read }) => {
		const scheduleId = readScheduleId(read);
		return { method: 'DELETE', path: schedulePath(scheduleId), metadata: { schedule_id: scheduleId } };
	},
	toItems: (_response, { metadata }) => [{ deleted: true, schedule_id: metadata?.schedule_id }],
};
