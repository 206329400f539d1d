import type { Child } from './dom.js';

/** What a view can ask of the page around it. */
export interface Page {
	/** Searches for something, as if it had been typed. */
	search(text: string): void;
	/** Loads the view anew. */
	reload(): Promise<void>;
}

/** One tab. It is loaded again whenever the sandbox says that something has changed. */
export interface View {
	name: string;
	/** @param wanted what is searched for; empty: everything */
	load(wanted: string, page: Page): Promise<{ count: string; nodes: Child[] }>;
}

/**
 * A control call; what it refuses is shown to the person.
 * @returns `total`: how many there are, where the call gives some of them
 */
export async function control<T>(
	path: string,
	body?: unknown,
	method: string = body === undefined ? 'GET' : 'POST',
): Promise<{ json: T; total: number }> {
	const response = await fetch(`/_sandbox${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
	});
	const json = await response.json();
	if (!response.ok) throw new Error(json.error);
	return { json, total: Number(response.headers.get('x-total-count')) };
}
