'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { startInstance } = require('./support/instance');
const { describeCallbacks } = require('./support/callbacks');
const { describeCommandLine } = require('./support/commandLine');
const { describeCredentials } = require('./support/credentials');
const { describeEditorCalls } = require('./support/editorCalls');
const { describeErrors } = require('./support/errors');
const { describeExamples } = require('./support/examples');
const { describeLargeBatch } = require('./support/largeBatch');
const { describeOperations } = require('./support/operations');
const { describeOutageAtStart } = require('./support/outage');
const { describeManyReports, describePolling } = require('./support/polling');
const { describeCampaign, describeLoop, describeSamples } = require('./support/samples');
const { describeSpreadsheets } = require('./support/spreadsheets');
const { describeVerification } = require('./support/verification');
const { TYPE } = require('./support/workflows');

/** The packed pack in the newest n8n that can be installed, under the Node.js it asks for. */
describe('n8n 2.41', () => {
	/** @type {import('./support/instance').Instance} */
	let instance;
	beforeAll(async () => {
		instance = await startInstance('main');
	}, 180_000);
	afterAll(() => instance?.close());

	test('n8n loads the packed files, not the working tree, and makes a tool of the node', async () => {
		const names = (await instance.client.nodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([TYPE, `${TYPE}Tool`]));
		expect(fs.lstatSync(instance.pack).isSymbolicLink()).toBe(false);
		expect(fs.existsSync(path.join(instance.pack, 'nodes'))).toBe(false);
		expect(fs.existsSync(path.join(instance.pack, 'node_modules'))).toBe(false);
	});

	describeOperations(() => instance);
	describeCredentials(() => instance);
	describeEditorCalls(() => instance);
	describeLargeBatch(() => instance);
	describeCallbacks(() => instance);
	describeVerification(() => instance, { readsQuery: true });
	describePolling(() => instance);
	describeManyReports(() => instance);
	describeOutageAtStart(() => instance);
	describeErrors(() => instance);
	describeSamples(() => instance);
	describeCampaign(() => instance);
	describeLoop(() => instance);
	describeSpreadsheets(() => instance);
	describeExamples(() => instance, 2);
	describeCommandLine(() => instance);
});
