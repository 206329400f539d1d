/** The workflows that are compared in a server: Webhook -> Gen -> Before -> what is measured -> Sink, which answers the webhook. */

import { CONCURRENCY, PARAMETERS, PER_REQUEST, REFER, TEMPLATE, jsmsParameters } from '../workload';

export const BENCH = 'n8n-nodes-bench';

type Credentials = Record<'jSmsApi' | 'twilioApi', { id: string; name: string }>;
type WorkflowNode = ReturnType<typeof node>;

const tempPara = `{ ${PARAMETERS.map((name) => `${name}: $json.${name}`).join(', ')} }`;

/** The nodes between Before and Sink, by variant. Each gets the credentials its type names. */
const CHAINS: Record<string, (target: { baseUrl: string }) => WorkflowNode[]> = {
	nothing: () => [],
	floor: () => [
		node('Floor', `${BENCH}.floor`, 1, { template: TEMPLATE, perRequest: PER_REQUEST, concurrency: CONCURRENCY }),
	],
	jsms: () => [jsms(jsmsParameters('sendBatch'))],
	evaluated: () => [jsms(jsmsParameters('sendBatch', { refer: REFER.evaluated }))],
	earlier: () => [jsms(jsmsParameters('sendBatch', { refer: REFER.earlier }))],
	text: () => [jsms(jsmsParameters('sendBatch', { refer: REFER.text }))],
	keyed: () => [jsms(jsmsParameters('sendBatch', { options: { sendOnceKey: '={{ $json.mobile }}' } }))],
	store: () => [node('Store', `${BENCH}.store`, 1, {})],
	send1: () => [jsms(jsmsParameters('send', { options: { concurrency: 1 } }))],
	send4: () => [jsms(jsmsParameters('send', { options: { concurrency: 4 } }))],
	send10: () => [jsms(jsmsParameters('send', { options: { concurrency: 10 } }))],
	verify: () => [
		jsms({ resource: 'verificationCode', operation: 'verify', messageId: '1', code: '000000', options: {} }),
	],
	http: ({ baseUrl }) => [
		httpRequest(`${baseUrl}/messages`, `={{ { mobile: $json.mobile, temp_id: ${TEMPLATE}, temp_para: ${tempPara} } }}`),
	],
	handBuilt: ({ baseUrl }) => [
		node('Aggregate', 'n8n-nodes-base.aggregate', 1, {
			aggregate: 'aggregateAllItemData',
			destinationFieldName: 'people',
			options: {},
		}),
		node('Code', 'n8n-nodes-base.code', 2, { jsCode: HAND_BUILT }),
		httpRequest(`${baseUrl}/messages/batch`, '={{ $json }}'),
		node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'recipients', options: {} }),
	],
	twilio: () => [
		node('Twilio', 'n8n-nodes-base.twilio', 1, {
			resource: 'sms',
			operation: 'send',
			from: '+15005550006',
			to: '=+86{{ $json.mobile }}',
			message: '={{ $json.name }}: {{ $json.order }}, {{ $json.date }}',
			options: {},
		}),
	],
};

const HAND_BUILT = `
const { people } = $input.first().json;
const bodies = [];
for (let first = 0; first < people.length; first += ${PER_REQUEST}) {
	const recipients = people.slice(first, first + ${PER_REQUEST}).map((person) => ({
		mobile: person.mobile,
		temp_para: { ${PARAMETERS.map((name) => `${name}: person.${name}`).join(', ')} },
	}));
	bodies.push({ json: { temp_id: ${TEMPLATE}, recipients } });
}
return bodies;
`;

/** @returns A workflow as n8n imports it; it answers at `webhook/<path>?n=<items>` */
export function buildWorkflow(
	variant: string,
	{ path = variant, baseUrl, credentials }: { path?: string; baseUrl: string; credentials: Credentials },
) {
	const webhook = {
		...node('Webhook', 'n8n-nodes-base.webhook', 2, {
			httpMethod: 'GET',
			path,
			responseMode: 'lastNode',
			options: {},
		}),
		webhookId: `bench-${path}`,
	};
	const chain = [
		webhook,
		node('Gen', `${BENCH}.gen`, 1, {}),
		node('Before', `${BENCH}.before`, 1, {}),
		...CHAINS[variant]({ baseUrl }),
		node('Sink', `${BENCH}.sink`, 1, {}),
	];
	return {
		name: `Benchmark ${path}`,
		nodes: chain.map((one, index) => ({
			...one,
			position: [index * 220, 0],
			credentials: credentialsOf(one, credentials),
		})),
		connections: Object.fromEntries(
			chain
				.slice(0, -1)
				.map(({ name }, index) => [name, { main: [[{ node: chain[index + 1].name, type: 'main', index: 0 }]] }]),
		),
		settings: {
			executionOrder: 'v1',
			// A hundred thousand items in the database are no part of what is measured.
			saveDataSuccessExecution: 'none',
			saveExecutionProgress: false,
		},
	};
}

function credentialsOf({ type }: WorkflowNode, { jSmsApi, twilioApi }: Credentials): Partial<Credentials> {
	if (type.endsWith('.twilio')) return { twilioApi };
	return /\.(jSms|floor|httpRequest)$/.test(type) ? { jSmsApi } : {};
}

function jsms(parameters: object) {
	return node('JSms', 'n8n-nodes-jsms.jSms', 1, parameters);
}

/** One call per item, signed with the package's credential, which the HTTP Request node can use like any other. */
function httpRequest(url: string, jsonBody: string) {
	return node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'jSmsApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
		options: {},
	});
}

function node(name: string, type: string, typeVersion: number, parameters: object) {
	return { id: name.toLowerCase().replace(/ /g, '-'), name, type, typeVersion, parameters };
}
