import fs from 'node:fs';
import path from 'node:path';
import { startInstance, type Instance } from './support/instance';
import { describeCallbacks } from './support/callbacks';
import { describeCommandLine } from './support/commandLine';
import { describeCredentials } from './support/credentials';
import { describeEditorCalls } from './support/editorCalls';
import { describeErrors } from './support/errors';
import { describeExamples } from './support/examples';
import { describeLargeBatch } from './support/largeBatch';
import { describeOperations } from './support/operations';
import { describeOutageAtStart } from './support/outage';
import { describeManyReports, describePolling } from './support/polling';
import { describeCampaign, describeLoop, describeSamples } from './support/samples';
import { describeSpreadsheets } from './support/spreadsheets';
import { describeVerification } from './support/verification';
import { TYPE } from './support/workflows';

/** The packed package in the newest n8n that can be installed, under the Node.js it asks for. */
describe('n8n 2.41', () => {
	let instance: Instance;
	beforeAll(async () => {
		instance = await startInstance('main');
	}, 180_000);
	afterAll(() => instance?.close());

	test('n8n loads the packed files, not the working tree, and makes a tool of the node', async () => {
		const types = (await instance.client.nodeTypes()) as Array<{ name: string }>;
		const names = types.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([TYPE, `${TYPE}Tool`]));
		expect(fs.lstatSync(instance.packageFolder).isSymbolicLink()).toBe(false);
		expect(fs.existsSync(path.join(instance.packageFolder, 'nodes'))).toBe(false);
		expect(fs.existsSync(path.join(instance.packageFolder, 'node_modules'))).toBe(false);
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
