import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type NodeExecutionHint,
} from 'n8n-workflow';

/** What a call of the service gives: its HTTP status and what the answer holds. Throwing breaks the connection. */
export type ServiceResponse = { status?: number; body: unknown };

/** One call that was made. */
export interface Asked {
	method: string;
	path: string;
	body?: IDataObject;
}

interface Given {
	/** As the editor stores them. */
	parameters?: IDataObject;
	/** JSON of the input items. */
	items?: IDataObject[];
	/** What the service says; default: an SMS is accepted under the ID `id-<mobile>`. */
	answer?: (asked: Asked) => ServiceResponse | Promise<ServiceResponse>;
	credential?: object | Error;
	node?: { type?: string; retryOnFail?: boolean; onError?: string; alwaysOutputData?: boolean };
	/** "Continue" instead of "Stop Workflow". */
	goesOn?: boolean;
	signal?: AbortSignal;
	/** Called by an AI agent; undefined where n8n cannot say. */
	asTool?: boolean;
	/** What n8n's dedupe store holds of earlier runs. Without one the workflow counts as never saved. */
	store?: Set<string>;
	/** Fails each call of the store, or those made while this is true. */
	storeFails?: boolean | (() => boolean);
	/** The node's own memory, which survives "Retry On Fail". */
	memory?: IDataObject;
	executionId?: string;
	/** An n8n that knows no hints. */
	withoutHints?: boolean;
}

const CREDENTIAL = {
	appKey: 'exampleappkey',
	masterSecret: 'dummymastersecret',
	baseUrl: 'https://jsms.example.com/v1',
};

let workflows = 0;

/** An execution without n8n around it, and a service that answers as it is told. */
export function contextOf({
	parameters = {},
	items = [{}],
	answer = acceptAll,
	credential = CREDENTIAL,
	node = {},
	goesOn = false,
	signal,
	asTool,
	store,
	storeFails = false,
	memory = {},
	executionId = '1',
	withoutHints = false,
}: Given) {
	const asked: Asked[] = [];
	const used: Array<{ credential: string; url: string; timeout?: number }> = [];
	const hints: NodeExecutionHint[] = [];
	const warnings: string[] = [];
	workflows += 1;
	const id = store && `example-workflow-${workflows}`;
	const checked = (entries: string[]) => {
		if (typeof storeFails === 'function' ? storeFails() : storeFails) throw new Error('no database');
		const processed = entries.filter((entry) => store?.has(entry));
		for (const entry of entries) store?.add(entry);
		return { new: [], processed };
	};
	const context = {
		getInputData: () => items.map((json) => ({ json })),
		getNode: () => ({ id: 'node-1', name: 'Text Them', type: 'n8n-nodes-jsms.jSms', typeVersion: 1, ...node }),
		getWorkflow: () => ({ id }),
		getTimezone: () => 'Asia/Shanghai',
		getExecutionId: () => executionId,
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNodeParameter: (name: string) => at(parameters, name),
		getCredentials: async (name: string) => {
			if (credential instanceof Error) throw credential;
			if (name === '') throw new Error('No credential has this name');
			return credential;
		},
		continueOnFail: () => goesOn,
		...(signal && { getExecutionCancelSignal: () => signal }),
		...(asTool !== undefined && { isToolExecution: () => asTool }),
		...(!withoutHints && { addExecutionHints: (...said: NodeExecutionHint[]) => hints.push(...said) }),
		logger: { warn: (line: string) => warnings.push(line) },
		helpers: {
			httpRequestWithAuthentication: async (name: string, { method, url, body, timeout }: IHttpRequestOptions) => {
				used.push({ credential: name, url, timeout });
				const call: Asked = {
					method: String(method),
					path: url.slice(CREDENTIAL.baseUrl.length),
					...(Buffer.isBuffer(body) && { body: JSON.parse(body.toString()) as IDataObject }),
				};
				asked.push(call);
				const { status = 200, body: said } = await answer(call);
				return { statusCode: status, headers: {}, body: JSON.stringify(said) };
			},
			checkProcessedAndRecord: async (entries: string[]) => checked(entries),
			removeProcessed: async (entries: string[]) => {
				for (const entry of entries) store?.delete(entry);
			},
		},
	} as unknown as IExecuteFunctions;
	return { context, asked, used, hints, warnings };
}

function at(parameters: IDataObject, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => (value as IDataObject | undefined)?.[name], parameters);
}

/** Accepts an SMS for a number, or for each of many. */
export function acceptAll({ body }: Asked): ServiceResponse {
	const list = body?.recipients as Array<{ mobile: string }> | undefined;
	if (!list) return { body: { msg_id: `id-${String(body?.mobile)}` } };
	return {
		body: {
			success_count: list.length,
			failure_count: 0,
			exception_count: 0,
			recipients: list.map(({ mobile }) => ({ msg_id: `id-${mobile}`, mobile })),
		},
	};
}

/** The service's refusal. */
export const refusal = (code: number, message = `words of ${code}`): ServiceResponse => ({
	status: 403,
	body: { error: { code, message } },
});

/** Breaks the connection, so that nobody knows what became of the request. */
export function breaks(): never {
	throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

/** So many invented numbers. */
export const phones = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ phone: String(13800100001 + index) }));

/** A service with a template and so many units left. */
export const withTemplate =
	(template: string, units: number) =>
	(asked: Asked): ServiceResponse => {
		if (asked.path === '/templates/1250') return { body: { temp_id: 1250, template, type: 1 } };
		if (asked.path === '/accounts/app') return { body: { app_balance: units, app_industry: 0, app_market: 0 } };
		return acceptAll(asked);
	};

/** Makes n8n's dedupe store slow; returns the keys that each of its calls asks for. */
export function slowClaims({ helpers }: IExecuteFunctions): string[][] {
	const claims: string[][] = [];
	const { checkProcessedAndRecord } = helpers;
	helpers.checkProcessedAndRecord = async (entries, scope, options) => {
		if (scope === 'node') claims.push(entries.map(String));
		await sleep(200);
		return await checkProcessedAndRecord(entries, scope, options);
	};
	return claims;
}
