'use strict';

const { setTimeout: wait } = require('node:timers/promises');

/** Owner of the throw-away instances. n8n wants a capital letter and a digit in a password. */
const OWNER = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Example-dummy-1',
};

const API_SCOPES = ['execution:read', 'execution:list', 'workflow:read', 'workflow:list'];
/** WHY a connection for each call: a busy n8n drops kept-alive ones, and a POST that meets this cannot be tried again. */
const ALONE = { connection: 'close' };
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** An answer of n8n that is not 2xx. `status` is the HTTP status, `body` the parsed answer. */
class N8nAnswerError extends Error {
	constructor(what, status, body) {
		super(
			`n8n answered ${status} to ${what}: ${(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 600)}`,
		);
		this.name = 'N8nAnswerError';
		this.status = status;
		this.body = body;
	}
}

/**
 * Drives one n8n from outside, the way its editor and its public API do. Works with n8n 1.123 and 2.x.
 */
class N8nClient {
	#cookie = '';
	#apiKey = '';

	/** @param {string} url e.g. http://127.0.0.1:5678 */
	constructor(url) {
		this.url = url.replace(/\/$/, '');
	}

	/**
	 * One call to n8n. Editor endpoints wrap their answer in `data`; this is unwrapped.
	 *
	 * @param {string} method
	 * @param {string} path Starting with a slash
	 * @param {unknown} [body]
	 * @returns {Promise<any>}
	 * @throws {N8nAnswerError}
	 */
	async request(method, path, body) {
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
		const answer = parse(await response.text());
		if (!response.ok) throw new N8nAnswerError(`${method} ${path}`, response.status, answer);
		return !isPublicApi && answer && typeof answer === 'object' && 'data' in answer ? answer.data : answer;
	}

	/** Reading again is harmless. */
	async #fetch(url, options) {
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
		const settings = await this.request('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', OWNER);
		if (!this.#cookie) {
			await this.request('POST', '/rest/login', { emailOrLdapLoginId: OWNER.email, password: OWNER.password });
		}
		const { rawApiKey } = await this.request('POST', '/rest/api-keys', {
			label: `scripts ${Date.now()}`,
			scopes: API_SCOPES,
			expiresAt: null,
		});
		this.#apiKey = rawApiKey;
		return this;
	}

	/** All node types n8n has loaded, with their descriptions. */
	nodeTypes() {
		return this.request('GET', '/types/nodes.json');
	}

	/**
	 * @param {{name: string, type: string, data: Record<string, unknown>}} credential
	 * @returns {Promise<{id: string, name: string}>}
	 */
	createCredential(credential) {
		return this.request('POST', '/rest/credentials', credential);
	}

	/**
	 * What the editor does after it saved a credential, and behind its "Retry" button.
	 *
	 * @param {{id: string, name: string, type: string, data: Record<string, unknown>}} credential
	 * @returns {Promise<{status: 'OK' | 'Error', message: string}>}
	 */
	testCredential(credential) {
		return this.request('POST', '/rest/credentials/test', { credentials: credential });
	}

	/**
	 * What the editor does to learn the fields of a resource mapper, e.g. a template's parameters.
	 *
	 * @param {object} node
	 * @param {string} node.type
	 * @param {number} [node.typeVersion]
	 * @param {Record<string, unknown>} node.parameters As filled in so far
	 * @param {Record<string, {id: string, name: string}>} node.credentials
	 * @param {{methodName: string, parameterPath: string}} field
	 * @returns {Promise<{fields: Array<Record<string, unknown>>, emptyFieldsNotice?: string}>}
	 */
	resourceMapperFields({ type, typeVersion = 1, parameters, credentials }, { methodName, parameterPath }) {
		return this.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', {
			path: parameterPath,
			methodName,
			nodeTypeAndVersion: { name: type, version: typeVersion },
			currentNodeParameters: parameters,
			credentials,
		});
	}

	/**
	 * @param {{name: string, nodes: object[], connections: object, settings?: object}} workflow As n8n exports it
	 * @returns {Promise<any>} The saved workflow, with `id` and `versionId`
	 */
	createWorkflow(workflow) {
		return this.request('POST', '/rest/workflows', { active: false, settings: {}, ...workflow });
	}

	/** @returns {Promise<Array<{id: string, name: string}>>} */
	listWorkflows() {
		return this.request('GET', '/rest/workflows');
	}

	/** @param {string} id */
	getWorkflow(id) {
		return this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Puts a workflow into production and waits until what it offers is live.
	 *
	 * @param {any} workflow As saved
	 * @param {string[]} [paths] What to wait for, e.g. `/webhook/orders` or `/form/sign-up`
	 */
	async activate(workflow, paths = []) {
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

	/** @param {string} workflowId */
	async deactivate(workflowId) {
		await this.request('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/**
	 * Whether n8n knows a path, without starting anything. A form is shown to whoever asks for it. A webhook is asked
	 * with a method nobody uses: the answer is 404 either way, but for a known path it names the methods it takes.
	 */
	async #isLive(path) {
		const isForm = path.startsWith('/form/');
		const response = await this.#fetch(`${this.url}${path}`, { method: isForm ? 'GET' : 'PATCH', headers: ALONE });
		const text = await response.text();
		return isForm ? response.ok : /not registered for PATCH requests/i.test(text);
	}

	/**
	 * Starts a workflow by hand, as the editor's "Execute workflow" does, and waits for its end.
	 *
	 * @param {any} workflow As saved
	 * @param {string} trigger Name of the trigger node to start from
	 * @param {number} [timeoutMs]
	 * @returns {Promise<Execution>}
	 */
	async run(workflow, trigger, timeoutMs) {
		const { executionId } = await this.request('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger },
		});
		return this.waitForExecution(executionId, timeoutMs);
	}

	/**
	 * @param {string} id
	 * @param {number} [timeoutMs]
	 * @returns {Promise<Execution>}
	 */
	async waitForExecution(id, timeoutMs = 60_000) {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const { status } = await this.request('GET', `/api/v1/executions/${id}`);
			if (!UNFINISHED.has(status)) break;
			if (Date.now() > deadline) throw new Error(`Execution ${id} is still "${status}" after ${timeoutMs / 1000} s.`);
			await wait(100);
		}
		return new Execution(await this.request('GET', `/api/v1/executions/${id}?includeData=true`));
	}

	/**
	 * The newest executions of a workflow, newest first.
	 *
	 * @param {string} workflowId
	 * @returns {Promise<Array<{id: string, status: string}>>}
	 */
	async listExecutions(workflowId) {
		return (await this.request('GET', `/api/v1/executions?workflowId=${workflowId}`)).data;
	}

	/**
	 * How many executions of a workflow ended well. Cheap enough to ask while n8n is at work.
	 *
	 * @param {string} workflowId
	 * @returns {Promise<number>}
	 */
	async countSuccesses(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
		return (await this.request('GET', `/rest/executions?limit=1&filter=${filter}`)).count;
	}

	/**
	 * All finished executions of a workflow with their data, newest first.
	 *
	 * @param {string} workflowId
	 * @param {{newerThan?: string}} [options] `newerThan`: only executions begun after the one with this id
	 * @returns {Promise<Execution[]>}
	 */
	async readExecutions(workflowId, { newerThan = '0' } = {}) {
		const found = [];
		for (let cursor = ''; cursor !== null; ) {
			const query = new URLSearchParams({ workflowId, includeData: 'true', limit: '250', ...(cursor && { cursor }) });
			const { data, nextCursor } = await this.request('GET', `/api/v1/executions?${query}`);
			const wanted = data.filter(({ id }) => Number(id) > Number(newerThan));
			found.push(...wanted.filter(({ status }) => !UNFINISHED.has(status)).map((record) => new Execution(record)));
			cursor = wanted.length < data.length ? null : nextCursor;
		}
		return found;
	}

	/** Calls a production webhook. */
	async callWebhook(path, body, method = 'POST') {
		const response = await fetch(`${this.url}/webhook/${path}`, {
			method,
			headers: { ...ALONE, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: response.status, body: parse(await response.text()) };
	}
}

/** A finished execution, with the data n8n recorded for each node. */
class Execution {
	constructor(record) {
		this.id = record.id;
		/** @type {'success' | 'error' | 'crashed' | 'canceled'} */
		this.status = record.status;
		this.error = record.data?.resultData?.error;
		this.runData = record.data?.resultData?.runData ?? {};
	}

	/**
	 * Items a node put on one of its outputs, each with `json` and `pairedItem`.
	 *
	 * @param {string} node
	 * @param {number} [output] 0 is the first
	 * @param {number} [run] 0 is the first time the node ran
	 * @returns {Array<{json: any, pairedItem?: any}>}
	 */
	items(node, output = 0, run = 0) {
		return this.runData[node]?.[run]?.data?.main?.[output] ?? [];
	}

	/** The same as {@link items}, `json` alone. */
	json(node, output = 0, run = 0) {
		return this.items(node, output, run).map((item) => item.json);
	}

	/** The error one node ended with. */
	nodeError(node, run = 0) {
		return this.runData[node]?.[run]?.error;
	}
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

module.exports = { ALONE, Execution, N8nAnswerError, N8nClient, OWNER };
