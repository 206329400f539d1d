import { setTimeout as wait } from 'node:timers/promises';
import { ALONE } from '../../../scripts/n8n/client';

/**
 * The little of the Model Context Protocol (streamable HTTP) that an agent needs to use a tool: says hello, lists the
 * tools, calls one. n8n's own AI Agent node would need a language model for the same.
 */
export class McpClient {
	#session?: string;
	#id = 0;

	constructor(readonly url: string) {}

	async connect() {
		// WHY: n8n 2.x puts a workflow into production shortly after it said so.
		for (let attempt = 1; ; attempt++) {
			try {
				await this.#call('initialize', {
					protocolVersion: '2025-03-26',
					capabilities: {},
					clientInfo: { name: 'e2e', version: '1' },
				});
				break;
			} catch (error) {
				if ((error as { status?: number }).status !== 404 || attempt === 40) throw error;
				await wait(100);
			}
		}
		await this.#post({ method: 'notifications/initialized' });
		return this;
	}

	async listTools() {
		const { tools } = (await this.#call('tools/list', {})) as { tools: Array<{ name: string }> };
		return tools;
	}

	async callTool(name: string, args: object) {
		return this.#call('tools/call', { name, arguments: args });
	}

	async #call(method: string, params: object) {
		const response = await this.#post({ id: ++this.#id, method, params });
		if (response?.error) throw new Error(`${method}: ${JSON.stringify(response.error)}`);
		return response?.result;
	}

	async #post(message: { id?: number; method: string; params?: object }) {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...ALONE,
				...(this.#session ? { 'mcp-session-id': this.#session } : {}),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		this.#session = response.headers.get('mcp-session-id') ?? this.#session;
		const text = await response.text();
		if (!response.ok) throw Object.assign(new Error(`${response.status} ${text}`), { status: response.status });
		if (message.id === undefined) return undefined;
		const data = response.headers.get('content-type')?.includes('event-stream')
			? text
					.split('\n')
					.filter((line) => line.startsWith('data:'))
					.at(-1)
					?.slice(5)
			: text;
		return JSON.parse(data ?? '') as { result?: unknown; error?: unknown };
	}
}
