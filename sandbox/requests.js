'use strict';

/**
 * @typedef {object} RecordedRequest one call under /v1
 * @property {number} number 1, 2, 3 ... since the last reset
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {Record<string, string | string[] | undefined>} headers with the Authorization value masked
 * @property {string} body as text
 * @property {number | null} status null: not answered (yet)
 * @property {string} [answer] body of the answer, where it was an ordinary one
 * @property {string} [fault] kind of the fault that was applied
 * @property {string} [trouble] a mistake inside the sandbox itself
 */

/** The calls the sandbox got, in order of arrival. */
class RequestLog {
	/** @param {import('./settings').Settings} settings */
	constructor(settings) {
		this.settings = settings;
		/** @type {RecordedRequest[]} the same array for the life of the sandbox */
		this.entries = [];
		this.count = 0;
	}

	reset() {
		this.entries.length = 0;
		this.count = 0;
	}

	/** Calls with a text in path, body, answer or fault. @param {string} text */
	find(text) {
		return this.entries.filter(({ method, path, body, answer = '', fault = '' }) =>
			[`${method} ${path}`, body, answer, fault].some((part) => part.includes(text)),
		);
	}

	/**
	 * @param {{ method: string, url: string, headers: Record<string, any> }} request
	 * @returns {RecordedRequest}
	 */
	begin({ method, url, headers }) {
		const [path, search = ''] = url.split('?', 2);
		const masked = { ...headers };
		if (masked.authorization !== undefined) masked.authorization = '<masked>';
		/** @type {RecordedRequest} */
		const record = {
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

module.exports = { RequestLog };
