import {
	type IAuthenticateGeneric,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ResourceMapperFields,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';

/** Signs in as most services do; the second header proves that what a request brings along survives. */
export class ProbeApi implements ICredentialType {
	name = 'probeApi';

	displayName = 'Probe API';

	documentationUrl = 'https://example.com/docs';

	properties: ICredentialType['properties'] = [
		{ displayName: 'User', name: 'user', type: 'string', default: '' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://probe.test' },
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			auth: { username: '={{$credentials.user}}', password: '={{$credentials.password}}' },
			headers: { 'X-User': '=user {{$credentials.user}}' },
		},
	};
}

/** What one item's `action` parameter makes the probe do. */
type Behavior = (context: IExecuteFunctions, item: number) => Promise<INodeExecutionData> | INodeExecutionData;

/** A node that shows one behavior of the engine at a time, chosen by its `action`, with two outputs of its own. */
export class Probe implements INodeType {
	/** One entry for each time an item was worked on: run index and item index. */
	readonly visits: string[] = [];

	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Shows what the engine does',
		defaults: { name: 'Probe' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		credentials: [{ name: 'probeApi', required: false }],
		properties: [
			{ displayName: 'Action', name: 'action', type: 'string', default: 'echo' },
			{ displayName: 'Value', name: 'value', type: 'string', default: '' },
		],
	};

	methods = {
		resourceMapping: {
			async fieldsOfServer(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				const { baseUrl } = await this.getCredentials<{ baseUrl: string }>('probeApi');
				const names = (await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
					url: `${baseUrl}/fields/${String(this.getCurrentNodeParameter('value'))}`,
				})) as string[];
				return {
					fields: names.map((id) => ({
						id,
						displayName: id,
						required: true,
						defaultMatch: false,
						display: true,
					})),
				};
			},
		},
	};

	private readonly behaviors: Record<string, Behavior> = {
		echo: (context, item) => ({ json: { value: context.getNodeParameter('value', item) as string } }),
		fail: (context, item) => {
			throw new NodeOperationError(context.getNode(), `Item ${item} was refused`, { itemIndex: item });
		},
		errorItem: (context, item) => ({
			json: { error: `Item ${item} was refused`, details: { code: context.getNodeParameter('value', item) as string } },
		}),
		failedRow: (_context, item) => ({ json: { error: `Item ${item} was refused`, code: 1 } }),
		count: (context) => {
			const memory = context.getContext('node');
			memory.tries = Number(memory.tries ?? 0) + 1;
			if (memory.tries === 3) return { json: { tries: memory.tries } };
			throw new NodeOperationError(context.getNode(), `Try ${memory.tries}`);
		},
		hint: (context) => {
			context.addExecutionHints({ message: 'One sent', location: 'outputPane' });
			return { json: {} };
		},
		where: (context) => ({
			json: {
				executionId: context.getExecutionId(),
				workflowId: context.getWorkflow().id,
				mode: context.getMode(),
				isTool: context.isToolExecution(),
				type: context.getNode().type,
				memory: context.getContext('node') as IDataObject,
			},
		}),
		record: async (context, item) => {
			const values = String(context.getNodeParameter('value', item)).split(',');
			const { new: fresh, processed } = await context.helpers.checkProcessedAndRecord(values, 'node', {
				mode: 'entries',
				maxEntries: 3,
			});
			return { json: { fresh, processed } };
		},
		forget: async (context, item) => {
			const values = [String(context.getNodeParameter('value', item))];
			await context.helpers.removeProcessed(values, 'node', { mode: 'entries' });
			return { json: { left: await context.helpers.getProcessedDataCount('node', { mode: 'entries' }) } };
		},
		request: async (context, item) => {
			const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('probeApi');
			const answer = (await context.helpers.httpRequestWithAuthentication.call(context, 'probeApi', {
				url: `${baseUrl}/whoami`,
				headers: { 'X-Item': String(item) },
			})) as IDataObject;
			return { json: answer };
		},
		waitForCancel: async (context) => {
			const signal = context.getExecutionCancelSignal();
			await new Promise((resolve) => signal?.addEventListener('abort', resolve));
			return { json: { stopped: signal?.aborted } };
		},
		log: (context) => {
			context.logger.warn('Something odd');
			return { json: {} };
		},
	};

	/** n8n calls execute with a context of its own as `this`: everything of the class has to be closed over. */
	execute = ((probe: Probe) =>
		async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const outputs: INodeExecutionData[][] = [[], []];
			const runIndex = this.getWorkflowDataProxy(0).$runIndex as number;
			for (const [item] of this.getInputData().entries()) {
				probe.visits.push(`${runIndex}/${item}`);
				const action = this.getNodeParameter('action', item) as string;
				const result = await probe.behaviors[action](this, item);
				outputs[item % 2].push({ ...result, pairedItem: { item } });
			}
			return outputs;
		})(this);
}
