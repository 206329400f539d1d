import { setTimeout as wait } from 'node:timers/promises';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeTypeDescription,
	ITaskData,
} from 'n8n-workflow';

/** As n8n answers with it. */
export interface Workflow {
	id: string;
	name: string;
	versionId: string;
	active: boolean;
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
}

interface ExecutionRecord {
	id: string;
	status: Execution['status'];
	data?: { resultData?: { error?: { message: string }; runData?: Record<string, ITaskData[]> } };
}

/** Owner of the throw-away instances. n8n wants a capital letter and a digit in a password. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Example-dummy-1',
};

const API_SCOPES = ['execution:read', 'execution:list', 'workflow:read', 'workflow:list'];
/** WHY a connection for each call: a busy n8n drops kept-alive ones, and a POST that meets this cannot be tried again. */
export const ALONE = { connection: 'close' };
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** An answer of n8n that is not 2xx. `status` is the HTTP status, `body` the parsed answer. */
export class N8nAnswerError extends Error {
	readonly name = 'N8nAnswerError';

	constructor(
		what: string,
		readonly status: number,
		readonly body: unknown,
	) {
		super(
			`n8n answered ${status} to ${what}: ${(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 600)}`,
		);
	}
}

/**
 * Drives one n8n from outside, the way its editor and its public API do. Works with n8n 1.123 and 2.x.
 */
export class N8nClient {
	readonly url: string;

	#cookie = '';
	#apiKey = '';

	/** @param url e.g. http://127.0.0.1:5678 */
	constructor(url: string) {
		this.url = url.replace(/\/$/, '');
	}

	/**
	 * One call to n8n. Editor endpoints wrap their answer in `data`; this is unwrapped.
	 * @param path Starting with a slash
	 * @throws {N8nAnswerError}
	 */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const isPublicApi = path.startsWith('/api/');
		const response = await this.#fetch(`${this.url}${path}`, {
			method,
			headers: {
				...ALONE,
				'content-type': 'application/json',
				// n8n ties a session to the browser that opened it.
				'browser-id': 'n8n-nodes-jsms-scripts',
				...(isPublicApi ? { 'x-n8n-api-key': this.#apiKey } : { cookie: this.#cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.#cookie = cookie.split(';')[0];
		}
		const answer: unknown = parse(await response.text());
		if (!response.ok) throw new N8nAnswerError(`${method} ${path}`, response.status, answer);
		return (!isPublicApi && answer && typeof answer === 'object' && 'data' in answer ? answer.data : answer) as T;
	}

	/** Reading again is harmless. */
	async #fetch(url: string, options: RequestInit) {
		for (let attempt = 1; ; attempt++) {
			try {
				return await fetch(url, options);
			} catch (error) {
				if (options.method !== 'GET' || attempt === 5) throw error;
				await wait(100 * attempt);
			}
		}
	}

	/** Makes the owner account on a fresh n8n, logs in on a used one, and gets a key for the public API. */
	async logIn() {
		const settings = await this.request<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/rest/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', OWNER);
		if (!this.#cookie) {
			await this.request('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
		}
		const { rawApiKey } = await this.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: `scripts ${Date.now()}`,
			scopes: API_SCOPES,
			expiresAt: null,
		});
		this.#apiKey = rawApiKey;
		return this;
	}

	/** All node types n8n has loaded, with their descriptions. */
	nodeTypes(): Promise<INodeTypeDescription[]> {
		return this.request('GET', '/types/nodes.json');
	}

	createCredential(credential: {
		name: string;
		type: string;
		data: Record<string, unknown>;
	}): Promise<{ id: string; name: string }> {
		return this.request('POST', '/rest/credentials', credential);
	}

	/** What the editor does after it saved a credential, and behind its "Retry" button. */
	testCredential(credential: {
		id: string;
		name: string;
		type: string;
		data: Record<string, unknown>;
	}): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return this.request('POST', '/rest/credentials/test', { credentials: credential });
	}

	/** What the editor does to learn the fields of a resource mapper, e.g. a template's parameters. */
	resourceMapperFields(
		{
			type,
			typeVersion = 1,
			parameters,
			credentials,
		}: {
			type: string;
			typeVersion?: number;
			/** As filled in so far */ parameters: Record<string, unknown>;
			credentials: Record<string, { id: string; name: string }>;
		},
		{ methodName, parameterPath }: { methodName: string; parameterPath: string },
	): Promise<{ fields: Array<Record<string, unknown>>; emptyFieldsNotice?: string }> {
		return this.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', {
			path: parameterPath,
			methodName,
			nodeTypeAndVersion: { name: type, version: typeVersion },
			currentNodeParameters: parameters,
			credentials,
		});
	}

	/**
	 * @param workflow As n8n exports it
	 * @returns The saved workflow, with `id` and `versionId`
	 */
	createWorkflow(workflow: {
		name: string;
		nodes: object[];
		connections: object;
		settings?: object;
	}): Promise<Workflow> {
		return this.request('POST', '/rest/workflows', { active: false, settings: {}, ...workflow });
	}

	listWorkflows(): Promise<Array<{ id: string; name: string }>> {
		return this.request('GET', '/rest/workflows');
	}

	getWorkflow(id: string): Promise<Workflow> {
		return this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Puts a workflow into production and waits until what it offers is live.
	 * @param workflow As saved
	 * @param paths What to wait for, e.g. `/webhook/orders` or `/form/sign-up`
	 */
	async activate(workflow: Workflow, paths: string[] = []) {
		await this.request('POST', `/rest/workflows/${workflow.id}/activate`, { versionId: workflow.versionId });
		// WHY poll: n8n 2.x answers before the webhooks exist, some 100 ms before.
		for (const path of paths) {
			const deadline = Date.now() + 30_000;
			while (!(await this.#isLive(path))) {
				if (Date.now() > deadline) throw new Error(`${path} did not become live within 30 s.`);
				await wait(50);
			}
		}
	}

	async deactivate(workflowId: string) {
		await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/**
	 * Whether n8n knows a path, without starting anything. A form is shown to whoever asks for it. A webhook is asked
	 * with a method nobody uses: the answer is 404 either way, but for a known path it names the methods it takes.
	 */
	async #isLive(path: string) {
		const isForm = path.startsWith('/form/');
		const response = await this.#fetch(`${this.url}${path}`, { method: isForm ? 'GET' : 'PATCH', headers: ALONE });
		const text = await response.text();
		return isForm ? response.ok : /not registered for PATCH requests/i.test(text);
	}

	/**
	 * Starts a workflow by hand, as the editor's "Execute workflow" does, and waits for its end.
	 * @param workflow As saved
	 * @param trigger Name of the trigger node to start from
	 */
	async run(workflow: Workflow, trigger: string, timeoutMs?: number): Promise<Execution> {
		const { executionId } = await this.request<{ executionId: string }>('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger },
		});
		return this.waitForExecution(executionId, timeoutMs);
	}

	async waitForExecution(id: string, timeoutMs = 60_000): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const { status } = await this.request<{ status: string }>('GET', `/api/v1/executions/${id}`);
			if (!UNFINISHED.has(status)) break;
			if (Date.now() > deadline) throw new Error(`Execution ${id} is still "${status}" after ${timeoutMs / 1000} s.`);
			await wait(100);
		}
		return new Execution(await this.request<ExecutionRecord>('GET', `/api/v1/executions/${id}?includeData=true`));
	}

	/** The newest executions of a workflow, newest first. */
	async listExecutions(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const { data } = await this.request<{ data: Array<{ id: string; status: string }> }>(
			'GET',
			`/api/v1/executions?workflowId=${workflowId}`,
		);
		return data;
	}

	/** How many executions of a workflow ended well. Cheap enough to ask while n8n is at work. */
	async countSuccesses(workflowId: string): Promise<number> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
		return (await this.request<{ count: number }>('GET', `/rest/executions?limit=1&filter=${filter}`)).count;
	}

	/**
	 * All finished executions of a workflow with their data, newest first.
	 * @param options `newerThan`: only executions begun after the one with this id
	 */
	async readExecutions(workflowId: string, { newerThan = '0' }: { newerThan?: string } = {}): Promise<Execution[]> {
		const found: Execution[] = [];
		for (let cursor: string | null = ''; cursor !== null; ) {
			const query: URLSearchParams = new URLSearchParams({
				workflowId,
				includeData: 'true',
				limit: '250',
				...(cursor && { cursor }),
			});
			const { data, nextCursor }: { data: ExecutionRecord[]; nextCursor: string | null } = await this.request(
				'GET',
				`/api/v1/executions?${query}`,
			);
			const wanted = data.filter(({ id }) => Number(id) > Number(newerThan));
			found.push(
				...wanted
					.filter(({ status }) => !UNFINISHED.has(status))
					.map((record: ExecutionRecord) => new Execution(record)),
			);
			cursor = wanted.length < data.length ? null : nextCursor;
		}
		return found;
	}

	/** Calls a production webhook. */
	async callWebhook(path: string, body: unknown, method = 'POST') {
		const response = await fetch(`${this.url}/webhook/${path}`, {
			method,
			headers: { ...ALONE, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: response.status, body: parse(await response.text()) };
	}
}

/** A finished execution, with the data n8n recorded for each node. */
export class Execution {
	readonly id: string;
	readonly status: 'success' | 'error' | 'crashed' | 'canceled';
	readonly error: { message: string } | undefined;
	readonly runData: Record<string, ITaskData[]>;

	constructor(record: ExecutionRecord) {
		this.id = record.id;
		this.status = record.status;
		this.error = record.data?.resultData?.error;
		this.runData = record.data?.resultData?.runData ?? {};
	}

	/**
	 * Items a node put on one of its outputs, each with `json` and `pairedItem`.
	 * @param output 0 is the first
	 * @param run 0 is the first time the node ran
	 */
	items<T = IDataObject>(
		node: string,
		output = 0,
		run = 0,
	): Array<{ json: T; pairedItem?: INodeExecutionData['pairedItem'] }> {
		return (this.runData[node]?.[run]?.data?.main?.[output] ?? []) as never;
	}

	/** The same as {@link items}, `json` alone. */
	json<T = IDataObject>(node: string, output = 0, run = 0): T[] {
		return this.items<T>(node, output, run).map((item) => item.json);
	}

	/** The error one node ended with. */
	nodeError(node: string, run = 0) {
		return this.runData[node]?.[run]?.error;
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
