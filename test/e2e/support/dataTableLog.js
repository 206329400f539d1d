'use strict';

const { DataTables } = require('./logTables');

const MESSAGES = 'JSms messages';
const REPORTS = 'JSms reports';

/** The log in n8n's own Data Tables. @param {() => import('./instance').Instance} get @returns {import('./messageLog').Log} */
function dataTableLog(get) {
	const tables = () => new DataTables(get().client);
	return {
		send: 'examples/message-log-send.json',
		reports: 'examples/message-log-reports.json',
		start: async () => ({}),
		rows: () => tables().rows(MESSAGES),
		left: () => tables().rows(REPORTS),
		change: ({ id }, data) => tables().change(MESSAGES, id, data),
		clear: async () => {
			await tables().remove(MESSAGES);
			await tables().remove(REPORTS);
		},
		end: async () => undefined,
	};
}

module.exports = { dataTableLog };
