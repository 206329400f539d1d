'use strict';

const { describeCallbacks } = require('./support/callbacks');
const { describeCredentials } = require('./support/credentials');
const { describeErrors } = require('./support/errors');
const { describeExamples } = require('./support/examples');
const { startInstance } = require('./support/instance');
const { describeOperations } = require('./support/operations');
const { describeOutageAtStart } = require('./support/outage');
const { describeManyReports, describePolling } = require('./support/polling');
const { describeCampaign, describeLoop } = require('./support/samples');
const { describeSpreadsheets } = require('./support/spreadsheets');
const { describeVerification } = require('./support/verification');

/** The packed pack in the newest n8n 1.x, under Node.js 20. */
describe('n8n 1.123', () => {
	/** @type {import('./support/instance').Instance} */
	let instance;
	beforeAll(async () => {
		instance = await startInstance('compat');
	}, 180_000);
	afterAll(() => instance?.close());

	describeOperations(() => instance);
	describeCallbacks(() => instance);
	describeVerification(() => instance, { readsQuery: false });
	describePolling(() => instance);
	describeManyReports(() => instance);
	describeOutageAtStart(() => instance);
	describeCredentials(() => instance);
	describeErrors(() => instance);
	describeExamples(() => instance, 1);
	describeCampaign(() => instance);
	describeLoop(() => instance);
	describeSpreadsheets(() => instance);
});
