import type { INodeParameters, IWebhookDescription, WEBHOOK_RESOLVERS } from 'n8n-workflow';

import { isRecord } from '../model/json';

/** What n8n 2.x exports under this name, and n8n 1.x does not have. */
const RESOLVERS = Symbol.for('n8n.webhookDescriptionResolvers') as typeof WEBHOOK_RESOLVERS;

/** Responses with the last node's item are for the JSON protocol only, so the field counts only where that is on. */
const WAITS = '$parameter["options"]["jsonApi"] === true && $parameter["respond"] === "lastNode"';
const waits = ({ options, respond }: Record<string, unknown>) =>
	isRecord(options) && options.jsonApi === true && respond === 'lastNode';

const responseMode = `={{ ${WAITS} ? "lastNode" : "onReceived" }}`;
// WHY undefined: any text would be the response in place of the page.
const responseData = `={{ ${WAITS} ? "firstEntryJson" : undefined }}`;

/**
 * How n8n responds to a request that starts an execution.
 *
 * WHY twice, as expressions and as functions: n8n makes an isolate to evaluate an expression, which takes more time than
 * everything else about the request. n8n 2.x calls the functions instead, if no field of the node has an expression.
 */
export const RESPONSE: Pick<IWebhookDescription, 'responseMode' | 'responseData' | typeof WEBHOOK_RESOLVERS> = {
	responseMode,
	responseData,
	[RESOLVERS]: {
		responseMode: {
			template: responseMode,
			resolve: (parameters: INodeParameters) => (waits(parameters) ? 'lastNode' : 'onReceived'),
		},
		responseData: {
			template: responseData,
			resolve: (parameters: INodeParameters) => (waits(parameters) ? 'firstEntryJson' : undefined),
		},
	},
};
