import { DataTables } from './logTables';
import type { Instance } from './instance';
import type { Log, LogRow } from './messageLog';

const MESSAGES = 'JSms messages';
const REPORTS = 'JSms reports';

/** The log in n8n's own Data Tables. */
export function dataTableLog(get: () => Instance): Log {
	const tables = () => new DataTables(get().client);
	return {
		send: 'examples/message-log-send.json',
		reports: 'examples/message-log-reports.json',
		start: async () => ({}),
		rows: async () => (await tables().rows(MESSAGES)) as unknown as LogRow[],
		left: async () => (await tables().rows(REPORTS)) as unknown as LogRow[],
		change: ({ id }, data) => tables().change(MESSAGES, id, data),
		clear: async () => {
			await tables().remove(MESSAGES);
			await tables().remove(REPORTS);
		},
		end: async () => undefined,
	};
}
