'use strict';

const { describeUnclear } = require('../support/messageLog');
const { postgresLog } = require('../support/postgresLog');
const { importWorkflow } = require('../support/workflows');

/** With message-log-postgres-send.json. @param {() => import('../support/instance').Instance} get @param {string} file */
module.exports = (get, file) => {
	describeUnclear(get, postgresLog(get));

	test('the first morning makes missing tables, too', async () => {
		const log = postgresLog(get);
		try {
			const credentials = { ...get().credentials, ...(await log.start()) };
			const saved = await importWorkflow({ ...get(), credentials }, file);
			const execution = await get().client.run(saved, 'Every morning');
			expect([execution.status, execution.error]).toEqual(['success', undefined]);
			expect(await log.rows()).toEqual([]);
		} finally {
			await log.end();
		}
	});
};
