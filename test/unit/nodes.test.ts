import type { IHookFunctions, INodeTypeDescription } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';
import { JSmsReceiptTrigger } from '../../nodes/JSms/JSmsReceiptTrigger.node';
import { JSmsTrigger } from '../../nodes/JSms/JSmsTrigger.node';
import { JSms } from '../../nodes/JSms/JSms.node';
import { resolveFrom } from './sources';

/** What n8n is told about the three nodes and the two credentials, beside their fields. */
const [action, callbacks, polling] = [new JSms(), new JSmsTrigger(), new JSmsReceiptTrigger()];
const NODES = [action, callbacks, polling].map(
	({ description }) => [description.name, description as INodeTypeDescription] as const,
);

it('knows the nodes by their frozen names, as what they are', () => {
	const facts = NODES.map(([name, { displayName, group, version, defaults, polling: polls, credentials = [] }]) => ({
		name,
		displayName,
		group,
		version,
		defaults,
		polls,
		credentials: credentials.map((one) => [one.name, one.required]),
	}));
	const needsApi = [['jSmsApi', true]];
	expect(facts).toEqual([
		{
			name: 'jSms',
			displayName: 'JSms',
			group: ['output'],
			version: 1,
			defaults: { name: 'JSms' },
			polls: undefined,
			credentials: [...needsApi, ['jSmsDeveloperApi', true]],
		},
		{
			name: 'jSmsTrigger',
			displayName: 'JSms Trigger',
			group: ['trigger'],
			version: 1,
			defaults: { name: 'JSms Trigger' },
			polls: undefined,
			credentials: needsApi,
		},
		{
			name: 'jSmsReceiptTrigger',
			displayName: 'JSms Receipt Trigger',
			group: ['trigger'],
			version: 1,
			defaults: { name: 'JSms Receipt Trigger' },
			polls: true,
			credentials: needsApi,
		},
	]);
});

it('has an input where it acts and none where it starts a workflow', () => {
	expect(NODES.map(([, { inputs }]) => inputs)).toEqual([['main'], [], []]);
	expect([callbacks, polling].map(({ description }) => description.outputs)).toEqual([['main'], ['main']]);
});

it('offers the parameters of a template where they are mapped', () => {
	expect(action.methods.resourceMapping.getTemplateFields).toBeInstanceOf(Function);
});

it.each([
	...NODES.map(([name, { icon }]) => [name, icon, 'nodes/JSms/any'] as const),
	...[new JSmsApi(), new JSmsDeveloperApi()].map(({ name, icon }) => [name, icon, 'credentials/any'] as const),
])('%s has one picture for light and one for dark', (_, icon, file) => {
	const { light, dark } = icon as Record<'light' | 'dark', string>;
	const places = [light, dark].map((one) => resolveFrom(file, one.replace(/^file:/, '')));
	// That the files are there is a matter of the package: test/package.
	expect(places).toEqual(['icons/jsms.svg', 'icons/jsms.dark.svg']);
});

it.each([new JSmsApi(), new JSmsDeveloperApi()].map((one) => [one.name, one.documentationUrl]))(
	'%s says where its keys come from',
	(_, url) => {
		expect(url).toMatch(/^https:\/\/.*#credentials$/);
	},
);

describe('what an AI that builds workflows is told', () => {
	const SENTENCE = /^[A-Z][^{}]{30,}$/;
	const known = [
		...NODES.map(([name]) => `n8n-nodes-jsms.${name}`),
		'n8n-nodes-base.formTrigger',
		'n8n-nodes-base.dataTable',
	];

	it.each(NODES)('%s: when to take the node, and with which others', (name, { builderHint }) => {
		expect(builderHint?.searchHint).toMatch(SENTENCE);
		const related = (builderHint?.relatedNodes ?? []) as Array<{ nodeType: string; relationHint: string }>;
		expect(related.length).toBeGreaterThanOrEqual(2);
		for (const { nodeType, relationHint } of related) {
			expect(known.filter((one) => one !== `n8n-nodes-jsms.${name}`)).toContain(nodeType);
			expect(relationHint).toMatch(SENTENCE);
		}
	});

	it('says to an agent what the tool does', () => {
		const { usableAsTool } = action.description as { usableAsTool: { replacements: { description: string } } };
		expect(usableAsTool.replacements.description).toMatch(SENTENCE);
	});
});

describe('the trigger for callbacks', () => {
	const { description, webhookMethods } = callbacks;

	it('answers the check of the console and callbacks on one path, before the workflow ends', () => {
		expect(description.webhooks).toEqual([
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'jsms', ndvHideUrl: true },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'jsms',
				ndvHideMethod: true,
			},
		]);
	});

	it('says in every state which address belongs into the console', () => {
		const { header, executionsHelp, activationHint } = description.triggerPanel as {
			header: string;
			executionsHelp: { inactive: string; active: string };
			activationHint: string;
		};
		expect([header, description.eventTriggerDescription]).toEqual([
			'Wait for a callback of JSMS',
			'Waiting for a callback from JSMS',
		]);
		for (const text of [executionsHelp.inactive, executionsHelp.active, activationHint, description.activationMessage])
			expect(text).toMatch(/Production URL.* console/);
	});

	it('has n8n check the set-up at every activation, and keeps nothing that would have to be taken back', async () => {
		const nothing = {} as IHookFunctions;
		await expect(webhookMethods.default.checkExists.call(nothing)).resolves.toBe(false);
		await expect(webhookMethods.default.delete.call(nothing)).resolves.toBe(true);
	});
});

it('waits without words for the next poll', () => {
	expect(polling.description.eventTriggerDescription).toBe('');
});
