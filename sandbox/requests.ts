import type { IncomingHttpHeaders } from 'node:http';
import type { Settings } from './settings';

/** One call under /v1 */
export interface RecordedRequest {
	/** 1, 2, 3 ... since the last reset */
	number: number;
	method: string;
	path: string;
	query: Record<string, string>;
	/** with the Authorization value masked */
	headers: IncomingHttpHeaders;
	/** as text */
	body: string;
	/** null: not answered (yet) */
	status: number | null;
	/** body of the response, where it was an ordinary one */
	answer?: string;
	/** kind of the fault that was applied */
	fault?: string;
	/** a mistake inside the sandbox itself */
	trouble?: string;
}

/** The calls the sandbox got, in order of arrival. */
export class RequestLog {
	/** the same array for the life of the sandbox */
	readonly entries: RecordedRequest[] = [];
	count = 0;

	constructor(readonly settings: Settings) {}

	reset() {
		this.entries.length = 0;
		this.count = 0;
	}

	/** Calls with a text in path, body, answer or fault. */
	find(text: string) {
		return this.entries.filter(({ method, path, body, answer = '', fault = '' }) =>
			[`${method} ${path}`, body, answer, fault].some((part) => part.includes(text)),
		);
	}

	begin({ method, url, headers }: { method: string; url: string; headers: IncomingHttpHeaders }): RecordedRequest {
		const [path, search = ''] = url.split('?', 2);
		const masked = { ...headers };
		if (masked.authorization !== undefined) masked.authorization = '<masked>';
		const record: RecordedRequest = {
			number: ++this.count,
			method,
			path,
			query: Object.fromEntries(new URLSearchParams(search)),
			headers: masked,
			body: '',
			status: null,
		};
		if (this.settings.recordRequests) {
			this.entries.push(record);
			if (this.entries.length > this.settings.maxRecordedRequests) this.entries.shift();
		}
		return record;
	}
}
