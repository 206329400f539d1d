import { type INodeProperties, type INodePropertyCollection, NodeHelpers } from 'n8n-workflow';

import { JSmsReceiptTrigger } from '../../nodes/JSms/JSmsReceiptTrigger.node';
import { JSmsTrigger } from '../../nodes/JSms/JSmsTrigger.node';
import { JSmsVerificationTrigger } from '../../nodes/JSmsVerification/JSmsVerificationTrigger.node';
import { JSms } from '../../nodes/JSms/JSms.node';
import { PROPERTIES } from '../../nodes/JSms/resources/description';

/** What a person meets in the editor: which fields there are for a choice, what cannot be left out, what cannot be entered. */
const { description } = new JSms();
const polling = new JSmsReceiptTrigger().description.properties;
const callbacks = new JSmsTrigger().description.properties;
const verification = new JSmsVerificationTrigger().description.properties;

/** All properties with those inside collections. */
function withInner(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const { type, options = [] } = property;
		if (type === 'collection') return [property, ...withInner(options as INodeProperties[])];
		if (type !== 'fixedCollection') return [property];
		return [property, ...(options as INodePropertyCollection[]).flatMap(({ values }) => withInner(values))];
	});
}
const ALL = withInner([...PROPERTIES, ...polling, ...callbacks, ...verification]);

/** What the properties of each name have in common, where any of them has something; a list where they differ. */
function byName(properties: INodeProperties[], pick: (property: INodeProperties) => unknown): Record<string, unknown> {
	const found = new Map<string, Map<string, unknown>>();
	for (const property of properties) {
		const values = found.get(property.name) ?? new Map<string, unknown>();
		const value = pick(property) ?? null;
		found.set(property.name, values.set(JSON.stringify(value), value));
	}
	return Object.fromEntries(
		[...found]
			.map(([name, values]) => [name, [...values.values()]] as const)
			.filter(([, values]) => values.some((value) => value !== null))
			.map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}

/** Names of the fields that are shown for these values. */
const shownIn = (properties: INodeProperties[], values: object) =>
	properties
		.filter((property) => NodeHelpers.displayParameter(values as never, property, { typeVersion: 1 }, description))
		.map(({ name }) => name);

it('asks for what cannot be left out', () => {
	// `text` and `type` make a template or a signature; in the options nothing is required.
	expect(byName(ALL, ({ required }) => required)).toEqual({
		mobile: [true, null],
		recipients: true,
		templateId: true,
		redirectUrl: true,
		sendTime: true,
		scheduleId: true,
		signatureId: [null, true],
		text: true,
		messageId: true,
		code: [null, true],
		events: true,
	});
});

it('lets no number be entered that would be refused: below the least, above the most, or with a fraction', () => {
	const numbers = ALL.filter(({ type }) => type === 'number');
	const unbound = numbers.filter(({ typeOptions: { minValue = -1 } = {} }) => minValue < 0);
	const withFractions = numbers.filter(({ typeOptions }) => typeOptions?.numberPrecision !== 0);
	expect(unbound.map(({ name }) => name)).toEqual([]);
	// Seconds.
	expect([...new Set(withFractions.map(({ name }) => name))]).toEqual(['timeout']);
	expect(byName(numbers, ({ typeOptions }) => typeOptions?.maxValue)).toEqual({
		concurrency: 20,
		batchSize: 1000,
		ttl: 86_400,
		resendAfter: 86_400,
		triesPerCode: 100,
		codesPerNumberAndDay: 1000,
		codesPerAddressAndHour: 10_000,
		codesPerHour: 100_000,
	});
	const fromZero = numbers.filter(({ typeOptions }) => typeOptions?.minValue === 0).map(({ name }) => name);
	expect([...new Set(fromZero)].sort()).toEqual(['maxAge', 'signatureId', 'templateId']);
});

it('takes no expression for what decides which fields there are', () => {
	expect(byName(ALL, ({ noDataExpression }) => noDataExpression)).toEqual({
		resource: true,
		operation: true,
		recipientsFrom: true,
		parameterMode: true,
		templateFields: true,
		rowsOn: true,
		allOperations: true,
	});
});

it('has room for a long text, for many parameters, and for those that the template itself names', () => {
	expect(byName(ALL, ({ type, typeOptions }) => (type === 'number' ? undefined : typeOptions))).toEqual({
		text: [{ rows: 4 }, null],
		parameters: { multipleValues: true },
		description: { rows: 2 },
		successText: { rows: 2 },
		moreFields: { multipleValues: true, sortable: true },
		templateFields: {
			loadOptionsDependsOn: ['templateId'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplateFields',
				mode: 'add',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
				hideNoDataError: true,
			},
		},
	});
});

describe('shows', () => {
	const shown = (resource: string, operation: string, values: object = {}) =>
		shownIn(PROPERTIES, { resource, operation, ...values });
	const menus = ['resource', 'operation'];

	it.each([
		['templateFields', 'templateFields'],
		['pairs', 'parameters'],
		['json', 'parametersJson'],
	])('for the mode %s only the field %s', (parameterMode, field) => {
		expect(shown('message', 'send', { parameterMode })).toEqual([
			...menus,
			'mobile',
			'templateId',
			'parameterMode',
			field,
			'options',
		]);
		expect(shown('message', 'sendBatch', { recipientsFrom: 'inputItems', parameterMode })).toEqual([
			...menus,
			'recipientsFrom',
			'mobile',
			'templateId',
			'parameterMode',
			field,
			'options',
		]);
	});

	it('for a list of recipients no number, which the list holds, and only the parameters that all have in common', () => {
		expect(shown('message', 'sendBatch', { recipientsFrom: 'list', parameterMode: 'pairs' })).toEqual([
			...menus,
			'recipientsFrom',
			'recipients',
			'templateId',
			'parameters',
			'options',
		]);
	});

	it('a validity period for templates of codes only', () => {
		expect(shown('template', 'create', { type: 1 })).toEqual([...menus, 'text', 'type', 'ttl', 'options']);
		expect(shown('template', 'create', { type: 2 })).toEqual([...menus, 'text', 'type', 'options']);
	});

	it('a limit where not all results are wanted', () => {
		const fields = [...menus, 'pullNotice', 'returnAll'];
		expect(shown('receipt', 'pullReports', { returnAll: false })).toEqual([...fields, 'limit', 'options']);
		expect(shown('receipt', 'pullReports', { returnAll: true })).toEqual([...fields, 'options']);
	});

	it('in the options the signature to count with where something is counted, the limit of agents to agents, and the outputs to people', () => {
		const [{ options = [] }] = PROPERTIES.filter(
			({ name, displayOptions }) =>
				name === 'options' && displayOptions?.show?.operation?.includes('sendBatch') === true,
		);
		const conditions = (options as INodeProperties[]).flatMap(({ name, displayOptions }) =>
			displayOptions ? [[name, displayOptions]] : [],
		);
		expect(Object.fromEntries(conditions)).toEqual({
			maxRecipients: { show: { '@tool': [true] } },
			rowsOn: { hide: { '@tool': [true] } },
			signatureText: { show: { checkBalance: [true] } },
		});
	});

	it.each([
		['message', 'sendBatch', ['sendBatch']],
		['schedule', 'create', ['create', 'createBatch', 'delete', 'get', 'update', 'updateBatch']],
	])('for %s a menu with its own operations', (resource, operation, includes) => {
		const menusShown = PROPERTIES.filter(
			(property) =>
				property.name === 'operation' &&
				NodeHelpers.displayParameter({ resource, operation }, property, { typeVersion: 1 }, description),
		);
		expect(menusShown).toHaveLength(1);
		const values = menusShown[0].options?.map((option) => ('value' in option ? option.value : undefined));
		expect(values).toEqual(expect.arrayContaining(includes));
	});
});

it('shows what has to be known before anything else as notices, which hold no value', () => {
	const notices = ALL.filter(({ type }) => type === 'notice');
	expect(new Set(notices.map(({ name }) => name))).toEqual(
		new Set(['pullNotice', 'pollNotice', 'setupNotice', 'verificationNotice']),
	);
	expect(notices.filter((notice) => notice.default !== '')).toEqual([]);
});

it('says under the name of the node what it does, in the words of the menus', () => {
	const labels = JSON.parse(/\((\{.*?\})\)\[/.exec(String(description.subtitle))?.[1] ?? '') as Record<string, string>;
	expect(labels).toMatchObject({
		'message.sendBatch': 'Send Batch: Message',
		'account.getAppBalance': 'Get App Balance: Account',
	});
	expect(String(description.subtitle)).toMatch(
		/^=\{\{ \(\{.*\}\)\[\$parameter\["resource"\] \+ "\." \+ \$parameter\["operation"\]\] \|\| "" \}\}$/,
	);
});

describe('each node', () => {
	const nodes = [new JSms(), new JSmsReceiptTrigger(), new JSmsTrigger(), new JSmsVerificationTrigger()];
	const all = nodes.map(({ description: one }) => [one.displayName, one] as const);

	/** Every text in a description with the names on the way to it. */
	function textsIn(value: unknown, place: string): Array<[string, string]> {
		if (typeof value === 'string') return [[place, value]];
		if (typeof value !== 'object' || value === null) return [];
		return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${place}.${name}`));
	}

	it.each(all)('%s is called as its label says, in its group, with icons for both themes', (name, one) => {
		expect(one.defaults).toEqual({ name });
		expect(one.group).toEqual([name === 'JSms' ? 'output' : 'trigger']);
		expect(one.icon).toEqual({ light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' });
		expect([one.inputs, one.credentials?.map(({ required }) => required)]).toEqual(
			name === 'JSms' ? [['main'], [true, true]] : [[], [true]],
		);
		if (name !== 'JSms') expect(one.outputs).toEqual(['main']);
	});

	it.each(all)('%s leaves no text empty that somebody reads, people or agents', (_, one) => {
		const empty = textsIn({ ...one, properties: [] }, '').filter(([, text]) => text.trim() === '');
		// The receipt trigger waits for nothing, so it has nothing to say while it waits.
		expect(empty).toEqual(one.polling === true ? [['.eventTriggerDescription', '']] : []);
		for (const { builderHint } of withInner(one.properties)) {
			if (builderHint) expect(builderHint.propertyHint).toMatch(/^[A-Z].+\.$/);
		}
		expect(withInner(one.properties).filter(({ hint }) => hint === '')).toEqual([]);
	});

	it.each(all)(
		'%s tells those who build workflows what it is for, and of which nodes to think',
		(_, { builderHint, name }) => {
			expect(builderHint?.searchHint).toMatch(/^(Sends|Starts) .+\.$/);
			const related = builderHint?.relatedNodes ?? [];
			expect(related.map((one) => one.nodeType)).toEqual(
				name === 'jSms'
					? [
							'n8n-nodes-jsms.jSmsReceiptTrigger',
							'n8n-nodes-jsms.jSmsTrigger',
							'n8n-nodes-jsms.jSmsVerificationTrigger',
							'n8n-nodes-base.formTrigger',
							'n8n-nodes-base.dataTable',
						]
					: name === 'jSmsVerificationTrigger'
						? ['n8n-nodes-jsms.jSms', 'n8n-nodes-base.dataTable']
						: [
								`n8n-nodes-jsms.${name === 'jSmsTrigger' ? 'jSmsReceiptTrigger' : 'jSmsTrigger'}`,
								'n8n-nodes-jsms.jSms',
							],
			);
			for (const { relationHint } of related) expect(relationHint).toMatch(/^[A-Z].{20,}/);
		},
	);

	it('tells agents about parameters that only a person can know', () => {
		expect(Object.keys(byName(ALL, ({ builderHint }) => builderHint)).sort()).toEqual(['parameterMode', 'templateId']);
	});

	it('reads the fields of a template for the editor under the name that the field asks for', () => {
		expect(Object.keys(new JSms().methods.resourceMapping)).toEqual(['getTemplateFields']);
	});

	it('polls, where it is the receipt trigger', () => {
		expect(nodes.map((node) => node.description.polling)).toEqual([undefined, true, undefined, undefined]);
	});

	it('gives callbacks one address, answers them at once, and says where the address goes', () => {
		const { webhooks, triggerPanel, activationMessage } = new JSmsTrigger().description;
		expect(webhooks).toEqual([
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
		const panel = textsIn(triggerPanel, '');
		expect(panel.map(([place]) => place)).toEqual([
			'.header',
			'.executionsHelp.inactive',
			'.executionsHelp.active',
			'.activationHint',
		]);
		for (const [, text] of [...panel.slice(1), ['', String(activationMessage)]])
			expect(text).toContain('Production URL');
	});
});

it('shows by example that a field of each item is dragged to the number where items are many, and a number where it is one', () => {
	const placeholderOf = (resource: string, operation: string) =>
		PROPERTIES.find(
			(property) =>
				property.name === 'mobile' &&
				NodeHelpers.displayParameter(
					{ resource, operation, recipientsFrom: 'inputItems' },
					property,
					{ typeVersion: 1 },
					description,
				),
		)?.placeholder;
	expect([placeholderOf('message', 'sendBatch'), placeholderOf('verificationCode', 'sendText')]).toEqual([
		'e.g. {{ $json.mobile }}',
		'e.g. 13812345678',
	]);
});
