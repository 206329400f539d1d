import { errorOf, outputsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, useService } from './service';

const service = useService();
const app = { resource: 'account', operation: 'getAppBalance' };
const developer = { resource: 'account', operation: 'getDeveloperBalance' };

it('returns the balance of the application as the service tells it, null included', async () => {
	const run = await service.jsms.runNode(app);
	expect(outputsOf(run, JSMS)).toEqual([
		[{ json: { app_balance: 100000, app_voice: 1000, app_industry: null, app_market: 0 }, pairedItem: { item: 0 } }],
	]);
});

it('returns the balance of the developer account with the developer keys alone', async () => {
	const run = await service.jsms.runNode(developer, [{}], {}, { jSmsDeveloperApi: service.keys.jSmsDeveloperApi });
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run)).toEqual([{ dev_balance: 50000, dev_voice: 80, dev_industry: 2500, dev_market: null }]);
	expect(service.calls).toEqual(['GET /accounts/dev']);
});

it('needs no developer keys for the balance of the application', async () => {
	const run = await service.jsms.runNode(app, [{}], {}, { jSmsApi: service.keys.jSmsApi });
	expect(jsonOf(run)).toHaveLength(1);
});

it('says that an application has no quota of its own', async () => {
	const keys = {
		jSmsApi: { ...service.keys.jSmsApi, appKey: 'exampleappkey00000000004', masterSecret: 'dummymastersecret0000004' },
	};
	const run = await service.jsms.runNode(app, [{}], {}, keys);
	expect(errorOf(run)).toMatchObject({
		message: 'The application has no quota of its own (50033 app quota not assigned)',
		httpCode: '403',
	});
});

it('asks again when the service stumbles, because reading does no harm', async () => {
	service.sandbox.fault([{ kind: 'answer', status: 503, body: '<html>' }, { kind: 'resetBefore' }]);
	const run = await service.jsms.runNode(app);
	expect(jsonOf(run)).toMatchObject([{ app_balance: 100000 }]);
	expect(service.calls).toHaveLength(3);
});

it('does not speak of an SMS when a balance could not be read', async () => {
	service.sandbox.fault({ kind: 'answer', times: 'always' });
	const error = errorOf(await service.jsms.runNode(app));
	expect(error?.message).toContain('HTTP 500');
	expect(`${error?.message} ${error?.description}`).not.toMatch(/SMS went out|sending again/);
});

it('reads one after the other for several items', async () => {
	service.sandbox.settings.latencyMs = 20;
	const run = await service.jsms.runNode(app, [{}, {}, {}]);
	expect(outputsOf(run, JSMS)[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	expect(service.calls).toHaveLength(3);
});
