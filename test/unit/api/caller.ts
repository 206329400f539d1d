import { authorizationOf } from '../../support/keys';
import {
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type JsonObject,
	NodeApiError,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { JSmsApi } from '../../../credentials/JSmsApi.credentials';
import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { sendRequest, type SendPolicy } from '../../../nodes/JSms/api/request';
import type { ApiRequest } from '../../../nodes/JSms/model/request';
import { createNodeRunner, errorOf } from '../../support/engine';
import { keysOf } from '../../support/jsms';

export const BASE_URL = 'https://jsms.example.com/v1';

/** `appKey:masterSecret` of the test credential as HTTP Basic wants it. */
export const BASIC = authorizationOf();

const description: INodeTypeDescription = {
	displayName: 'Caller',
	name: 'caller',
	group: ['transform'],
	version: 1,
	description: 'Does nothing but send one request',
	defaults: { name: 'Caller' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'jSmsApi', required: true }],
	properties: [],
};

export interface CallOptions {
	timeout?: number;
	policy?: SendPolicy;
	signal?: AbortSignal;
	baseUrl?: string;
	/** Connection failures that meet the first tries, as n8n's helper reports them; each is used once and removed. */
	failures?: Error[];
}

/** The context with a helper that fails first. Failures made by nock can end the process when its client is done with them. */
function failingFirst(context: IExecuteFunctions, failures: Error[]): IExecuteFunctions {
	const real = context.helpers.httpRequestWithAuthentication;
	const httpRequestWithAuthentication: typeof real = async function (this: IExecuteFunctions, ...args) {
		const failure = failures.shift();
		if (failure) throw new NodeApiError(context.getNode(), failure as unknown as JsonObject);
		return (await real.apply(this, args)) as unknown;
	};
	return Object.create(context, {
		helpers: { value: { ...context.helpers, httpRequestWithAuthentication } },
	}) as IExecuteFunctions;
}

/**
 * Sends a request with n8n's own helper from within a running workflow and tells what came of it.
 * The timeout is far off unless a test is about it, because the first call of a file takes long on a busy machine.
 */
export async function call(
	request: ApiRequest,
	{ timeout = 20_000, policy = { effect: 'once' }, signal, baseUrl = BASE_URL, failures = [] }: CallOptions = {},
) {
	let outcome: Outcome | undefined;
	const settings = { credential: 'jSmsApi', baseUrl, timeout };
	const nodeType: INodeType = {
		description,
		async execute(this: IExecuteFunctions) {
			outcome = await sendRequest(failingFirst(this, failures), settings, request, policy);
			return [[]];
		},
	};
	const { runNode } = createNodeRunner({
		name: 'Caller',
		type: 'test.caller',
		nodeType,
		credentialTypes: [new JSmsApi()],
		credentials: keysOf(baseUrl),
	});
	const run = await runNode({}, [{}], { run: { signal } });
	if (!outcome) throw new Error(`The request was not made: ${errorOf(run)?.message}`);
	return outcome;
}
