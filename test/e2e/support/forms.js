'use strict';

const { setTimeout: wait } = require('node:timers/promises');
const { ALONE } = require('../../../scripts/n8n/client');

/**
 * Submits a form page and waits, as n8n's page does in the browser, until the next page is there.
 *
 * @param {string} url
 * @param {...string} values Of its fields, from top to bottom
 * @returns {Promise<string>} Address of the next page
 */
function submit(url, ...values) {
	return submitWith({}, url, ...values);
}

/** The same with headers, such as a password; a value may be a file. @param {Record<string, string>} headers */
async function submitWith(headers, url, ...values) {
	const body = new FormData();
	for (const [index, value] of values.entries()) body.set(`field-${index}`, value);
	const response = await fetch(url, { method: 'POST', body, headers: { ...ALONE, ...headers } });
	const text = await response.text();
	if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
	const page = text.startsWith('{') ? JSON.parse(text).formWaitingUrl : url;
	const status = new URL(page);
	status.pathname += '/n8n-execution-status';
	const deadline = Date.now() + 30_000;
	for (;;) {
		const now = await textOf(status);
		if (now === 'form-waiting') return page;
		if (!['running', 'new', 'waiting'].includes(now) || Date.now() > deadline) {
			throw new Error(`The form's execution is "${now}".`);
		}
		await wait(100);
	}
}

/** What a page says. @param {string | URL} url */
async function textOf(url) {
	return (await fetch(url, { headers: ALONE, signal: AbortSignal.timeout(30_000) })).text();
}

module.exports = { submit, submitWith, textOf };
