import { describeCallbacks } from './support/callbacks';
import { describeCredentials } from './support/credentials';
import { describeErrors } from './support/errors';
import { describeExamples } from './support/examples';
import { startInstance, type Instance } from './support/instance';
import { describeOperations } from './support/operations';
import { describeOutageAtStart } from './support/outage';
import { describeManyReports, describePolling } from './support/polling';
import { describeCampaign, describeLoop } from './support/samples';
import { describeSpreadsheets } from './support/spreadsheets';
import { describeVerification } from './support/verification';

/** The packed package in the newest n8n 1.x, under Node.js 20. */
describe('n8n 1.123', () => {
	let instance: Instance;
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
