'use strict';

const { dataTableLog } = require('../support/dataTableLog');
const { describeUnclear } = require('../support/messageLog');
const { importWorkflow } = require('../support/workflows');

/** With message-log-send.json. @param {() => import('../support/instance').Instance} get @param {string} file */
module.exports = (get, file) => {
	describeUnclear(get, dataTableLog(get));

	test('the first morning makes missing tables, too', async () => {
		const execution = await get().client.run(await importWorkflow(get(), file), 'Every morning');
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		expect(execution.json('Summary of the last 24 hours')).toEqual([expect.objectContaining({ rows: 0 })]);
		expect(await dataTableLog(get).rows()).toEqual([]);
		await dataTableLog(get).clear();
	});
};
/** n8n 1.x cannot make a Data Table in a workflow, nor find one by its name. */
module.exports.needsN8n = 2;
