import nock from 'nock';
import { type IExecuteFunctions, type INodeType, sleep } from 'n8n-workflow';

import {
	createDedupeStore,
	createNodeRunner,
	errorOf,
	hintsOf,
	outputsOf,
	runCountOf,
	runWorkflow,
	START_TYPE,
	takeLogs,
} from './engine';
import { callNodeMethod } from './loadOptions';
import { Probe, ProbeApi } from './probe';
import { createToolRunner } from './tool';

const PROBE = 'n8n-nodes-probe.probe';

const setUp = () => {
	const nodeType = new Probe();
	const node = {
		name: 'Probe',
		type: PROBE,
		nodeType,
		credentialTypes: [new ProbeApi()],
		credentials: { probeApi: { user: 'dummy-user', password: 'dummy-password' } },
	};
	return { node, nodeType, ...createNodeRunner(node), ...createToolRunner(node) };
};

const jsonOf = (items: Array<{ json: unknown }> | undefined) => items?.map(({ json }) => json);

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

describe('an ordinary run', () => {
	it('evaluates expressions per item and keeps the item links', async () => {
		const run = await setUp().runNode({ value: '={{ $json.name }}!' }, [{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
		expect(run.status).toBe('success');
		expect(outputsOf(run, 'Probe')).toEqual([
			[
				{ json: { value: 'a!' }, pairedItem: { item: 0 } },
				{ json: { value: 'c!' }, pairedItem: { item: 2 } },
			],
			[{ json: { value: 'b!' }, pairedItem: { item: 1 } }],
		]);
	});

	it('hands each output to the node behind it', async () => {
		const run = await setUp().runNode({ value: '={{ $json.name }}' }, [{ name: 'a' }, { name: 'b' }]);
		expect(jsonOf(outputsOf(run, 'Output 0')[0])).toEqual([{ value: 'a' }]);
		expect(jsonOf(outputsOf(run, 'Output 1')[0])).toEqual([{ value: 'b' }]);
	});

	it('keeps the hints of the run and the log, printing nothing', async () => {
		const { runNode } = setUp();
		expect(hintsOf(await runNode({ action: 'hint' }), 'Probe')).toEqual([
			{ message: 'One sent', location: 'outputPane' },
		]);
		takeLogs();
		await runNode({ action: 'log' });
		expect(takeLogs()).toContainEqual({ level: 'warn', message: 'Something odd', metadata: undefined });
	});

	it('carries execution id, workflow id, mode and the node context', async () => {
		const run = await setUp().runNode({ action: 'where' }, [{}], {
			run: { executionId: '77', workflowId: 'w1', mode: 'trigger', contextData: { 'node:Probe': { seen: 1 } } },
		});
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([
			{ executionId: '77', workflowId: 'w1', mode: 'trigger', isTool: false, type: PROBE, memory: { seen: 1 } },
		]);
	});

	it('plays the trigger of an exported workflow', async () => {
		const { nodeType } = setUp();
		const run = await runWorkflow({
			nodes: [
				{ name: 'Probe', type: PROBE, parameters: { value: '={{ $("When clicked").item.json.n }}' } },
				{ name: 'When clicked', type: 'n8n-nodes-base.manualTrigger' },
			],
			connections: { 'When clicked': { main: [[{ node: 'Probe', type: 'main', index: 0 }]] } },
			startAt: 'When clicked',
			items: [{ n: 'one' }],
			types: { [PROBE]: nodeType },
		});
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ value: 'one' }]);
	});

	it('refuses to start when a required parameter is missing', async () => {
		const nodeType = new Probe();
		nodeType.description.properties[1].required = true;
		const { runNode } = createNodeRunner({ name: 'Probe', type: PROBE, nodeType });
		await expect(runNode({})).rejects.toThrow('Parameter "Value" is required');
		expect(nodeType.visits).toEqual([]);
	});
});

describe('On Error', () => {
	const items = [{ n: 0 }, { n: 1 }, { n: 2 }];

	it('stops the workflow by default', async () => {
		const { runNode, nodeType } = setUp();
		const run = await runNode({ action: 'fail' }, items);
		expect(run.status).toBe('error');
		expect(errorOf(run)).toMatchObject({ name: 'NodeOperationError', message: 'Item 0 was refused' });
		expect(nodeType.visits).toEqual(['0/0']);
		expect(runCountOf(run, 'Output 0')).toBe(0);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'passes the input off as success when the node throws under %s',
		async (onError) => {
			const run = await setUp().runNode({ action: 'fail' }, items, { onError });
			expect(run.status).toBe('success');
			expect(jsonOf(outputsOf(run, 'Output 0')[0])).toEqual(items);
		},
	);

	it('moves error-shaped items to the Error output, their input merged under them', async () => {
		const run = await setUp().runNode({ action: 'errorItem', value: '50006' }, items, {
			onError: 'continueErrorOutput',
		});
		expect(outputsOf(run, 'Probe').map(jsonOf)).toEqual([
			[],
			[],
			[0, 2, 1].map((n) => ({ n, error: `Item ${n} was refused`, details: { code: '50006' } })),
		]);
		expect(outputsOf(run, 'Output 2')[0]).toHaveLength(3);
	});

	it('leaves rows that carry more than the error keys where they are', async () => {
		const run = await setUp().runNode({ action: 'failedRow' }, items, { onError: 'continueErrorOutput' });
		expect(outputsOf(run, 'Probe').map((output) => output.length)).toEqual([2, 1, 0]);
	});
});

describe('Retry On Fail', () => {
	it('runs the whole node again after a throw, its context surviving', async () => {
		const { runNode, nodeType } = setUp();
		const run = await runNode({ action: 'count' }, [{}], { retryOnFail: true, maxTries: 3 });
		expect(run.status).toBe('success');
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ tries: 3 }]);
		expect(nodeType.visits).toEqual(['0/0', '0/0', '0/0']);
		expect(run.data.executionData?.contextData).toMatchObject({ 'node:Probe': { tries: 3 } });
	});

	it('runs it again when the first item of the first output is error-shaped', async () => {
		const { runNode, nodeType } = setUp();
		await runNode({ action: 'errorItem' }, [{}, {}], { retryOnFail: true, maxTries: 2 });
		expect(nodeType.visits).toEqual(['0/0', '0/1', '0/0', '0/1']);
	});

	it('gives up after the last try', async () => {
		const { runNode, nodeType } = setUp();
		const run = await runNode({ action: 'count' }, [{}], { retryOnFail: true, maxTries: 2 });
		expect(errorOf(run)?.message).toBe('Try 2');
		expect(nodeType.visits).toHaveLength(2);
	});
});

describe('more than one run of a node', () => {
	it('counts run indexes in a loop', async () => {
		const { node, nodeType } = setUp();
		// Hands out one item at a time on its second output, as Loop Over Items does; done on the first.
		const loop: INodeType = {
			description: {
				...nodeType.description,
				name: 'loop',
				displayName: 'Loop',
				usableAsTool: undefined,
				properties: [],
			},
			async execute(this: IExecuteFunctions) {
				const memory = this.getContext('node');
				const waiting = (memory.waiting ??= this.getInputData()) as unknown[];
				const next = waiting.shift();
				return (next ? [[], [next]] : [[{ json: { done: true }, pairedItem: { item: 0 } }], []]) as never;
			},
		};
		const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
		const run = await runWorkflow({
			nodes: [
				{ name: 'Start', type: START_TYPE },
				{ name: 'Loop', type: 'test.loop' },
				{ name: 'Probe', type: PROBE, parameters: { value: '={{ $json.n }}' } },
			],
			connections: { Start: { main: [to('Loop')] }, Loop: { main: [[], to('Probe')] }, Probe: { main: [to('Loop')] } },
			items: [{ n: 1 }, { n: 2 }],
			types: { [PROBE]: nodeType, 'test.loop': loop },
			credentialTypes: node.credentialTypes,
		});
		expect(run.status).toBe('success');
		expect(runCountOf(run, 'Probe')).toBe(2);
		expect(jsonOf(outputsOf(run, 'Probe', 1)[0])).toEqual([{ value: 2 }]);
		expect(nodeType.visits).toEqual(['0/0', '1/0']);
		expect(jsonOf(outputsOf(run, 'Loop', 2)[0])).toEqual([{ done: true }]);
	});
});

describe('cancelling', () => {
	it('reaches the node through its signal and ends the run as canceled', async () => {
		const abort = new AbortController();
		const { runNode, nodeType } = setUp();
		const running = runNode({ action: 'waitForCancel' }, [{}], { run: { signal: abort.signal } });
		while (nodeType.visits.length === 0) await sleep(1);
		abort.abort();
		const run = await running;
		expect(run.status).toBe('canceled');
		expect(runCountOf(run, 'Output 0')).toBe(0);
	});
});

describe('credentials', () => {
	it("signs requests in with generic expressions and the type's defaults", async () => {
		nock('http://probe.test')
			.get('/whoami')
			.basicAuth({ user: 'dummy-user', pass: 'dummy-password' })
			.matchHeader('X-User', 'user dummy-user')
			.matchHeader('X-Item', '0')
			.reply(200, { hello: 'there' });
		const run = await setUp().runNode({ action: 'request' });
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ hello: 'there' }]);
	});

	it('takes other credentials for one run', async () => {
		nock('http://other.test').get('/whoami').basicAuth({ user: 'example', pass: '' }).reply(200, { hello: 'other' });
		const run = await setUp().runNode(
			{ action: 'request' },
			[{}],
			{},
			{
				probeApi: { user: 'example', baseUrl: 'http://other.test' },
			},
		);
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ hello: 'other' }]);
	});

	it('fails as n8n does when the node has none', async () => {
		const run = await setUp().runNode({ action: 'request' }, [{}], {}, {});
		expect(errorOf(run)?.message).toBe('Node does not require credentials');
	});
});

describe('the dedupe store', () => {
	const record = async (value: string, run = {}) => {
		const result = await setUp().runNode({ action: 'record', value }, [{}], { run });
		return errorOf(result)?.message ?? outputsOf(result, 'Probe')[0][0].json;
	};

	it('remembers across runs, drops the oldest beyond the limit, forgets on request', async () => {
		const store = { dataDeduplication: createDedupeStore() };
		expect(await record('a,b', store)).toEqual({ fresh: ['a', 'b'], processed: [] });
		expect(await record('b,c', store)).toEqual({ fresh: ['c'], processed: ['b'] });
		expect(await record('d', store)).toEqual({ fresh: ['d'], processed: [] });
		expect(await record('a', store)).toEqual({ fresh: ['a'], processed: [] });
		const run = await setUp().runNode({ action: 'forget', value: 'd' }, [{}], { run: store });
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ left: 2 }]);
		expect(await record('d', store)).toEqual({ fresh: ['d'], processed: [] });
		expect(store.dataDeduplication.calls).toEqual({ check: 5, remove: 1 });
	});

	it('keeps workflows and nodes apart, and runs without a shared store too', async () => {
		const store = { dataDeduplication: createDedupeStore() };
		await record('a', store);
		expect(await record('a', { ...store, workflowId: 'other' })).toEqual({ fresh: ['a'], processed: [] });
		expect(await record('a')).toEqual({ fresh: ['a'], processed: [] });
		const { runNode } = setUp();
		const run = await runNode({ action: 'record', value: 'a' }, [{}], { id: 'another-node', run: store });
		expect(jsonOf(outputsOf(run, 'Probe')[0])).toEqual([{ fresh: ['a'], processed: [] }]);
	});

	it('lets two runs at the same time both see a value as new', async () => {
		const store = { dataDeduplication: createDedupeStore() };
		expect(await Promise.all([record('a', store), record('a', store)])).toEqual([
			{ fresh: ['a'], processed: [] },
			{ fresh: ['a'], processed: [] },
		]);
	});

	it('throws where there is none, and for a workflow that was never saved', async () => {
		expect(await record('a', { dataDeduplication: false })).toMatch('Instance needs to initialized');
		expect(await record('a', { workflowId: '' })).toMatch('never saved');
	});
});

describe('as an AI tool', () => {
	const parameters = { action: 'where', value: '={{ $fromAI("value", "", "string") }}' };

	it('runs through the engine, as the AI Agent of today does: only the type tells', async () => {
		const { text, error } = await setUp().runAsTool(parameters, { value: 'x' });
		expect(error).toBeUndefined();
		expect(JSON.parse(text ?? '')).toMatchObject([{ isTool: false, type: `${PROBE}Tool` }]);
	});

	it('runs as a tool object, as older agents do: isToolExecution() tells', async () => {
		const { text, error } = await setUp().runAsTool(parameters, { value: 'x' }, { via: 'supplyData' });
		expect(error).toBeUndefined();
		expect(JSON.parse(text ?? '')).toMatchObject([{ isTool: true, type: `${PROBE}Tool` }]);
	});

	it.each(['engine', 'supplyData'] as const)('fills parameters from the model (%s)', async (via) => {
		const { text } = await setUp().runAsTool({ ...parameters, action: 'echo' }, { value: 'from the model' }, { via });
		expect(JSON.parse(text ?? '')).toEqual([{ value: 'from the model' }]);
	});

	it('tells the model about a failure', async () => {
		const { text } = await setUp().runAsTool({ action: 'fail' });
		expect(text).toBe('[{"error":"Item 0 was refused"}]');
		const { error } = await setUp().runAsTool({ action: 'fail' }, {}, { via: 'supplyData' });
		expect(error?.message).toBe('Item 0 was refused');
	});
});

describe('methods the editor calls', () => {
	it('signs in and reads what the panel shows', async () => {
		nock('http://probe.test')
			.get('/fields/7')
			.basicAuth({ user: 'dummy-user', pass: 'dummy-password' })
			.reply(200, ['number', 'name']);
		const result = await callNodeMethod(setUp().node, {
			group: 'resourceMapping',
			method: 'fieldsOfServer',
			parameters: { value: 7 },
		});
		expect(result).toMatchObject({ fields: [{ id: 'number' }, { id: 'name' }] });
	});

	it('says which method is missing', async () => {
		const call = callNodeMethod(setUp().node, { group: 'listSearch', method: 'nothing' });
		await expect(call).rejects.toThrow('Probe has no methods.listSearch.nothing');
	});
});
