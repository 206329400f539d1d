import { authorizationOf } from './keys';

/**
 * Asks the sandbox itself, without the node.
 * @param path below the base URL
 */
export async function askSandbox({ baseUrl }: { baseUrl: string }, path: string, body: object) {
	const response = await fetch(`${baseUrl}${path}`, {
		method: 'POST',
		headers: { authorization: authorizationOf(), 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return (await response.json()) as { schedule_id: string };
}
