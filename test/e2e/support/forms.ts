import { setTimeout as wait } from 'node:timers/promises';
import { ALONE } from '../../../scripts/n8n/client';

/**
 * Submits a form page and waits, as n8n's page does in the browser, until the next page is there.
 * @param values Of its fields, from top to bottom
 * @returns Address of the next page
 */
export async function submit(url: string, ...values: string[]): Promise<string> {
	return await submitWith({}, url, ...values);
}

/** The same with headers, such as a password; a value may be a file. */
export async function submitWith(
	headers: Record<string, string>,
	url: string,
	...values: Array<string | Blob>
): Promise<string> {
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

/** What a page says. */
export async function textOf(url: string | URL) {
	return (await fetch(url, { headers: ALONE, signal: AbortSignal.timeout(30_000) })).text();
}
