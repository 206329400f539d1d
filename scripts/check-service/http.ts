import type { Call, KeysUsed } from './call';

/** One request, once: no redirect is followed and nothing is repeated. */

export interface KeyPair {
	key: string;
	secret: string;
}

export interface Service {
	/** Checked, without a slash at the end. */
	baseUrl: string;
	application: KeyPair;
	/** Absent: calls that need it are left out. */
	developer?: KeyPair;
}

export type Reply =
	| { status: number; headers: Record<string, string>; text: string }
	/** No response came. */
	| { failure: string };

const TIMEOUT_MS = 30_000;

const basic = ({ key, secret }: KeyPair) => `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
/** 24 characters each, as real keys have. */
const WRONG: KeyPair = { key: 'exampleexampleexampleexa', secret: 'dummydummydummydummydumm' };

/** Whether the keys for a call are at hand. */
export function canAsk({ developer }: Service, { keys, path }: Call): boolean {
	if (keys === 'developer') return developer !== undefined;
	return keys !== 'crossed' || path === '/accounts/dev' || developer !== undefined;
}

export async function request(service: Service, call: Call): Promise<Reply> {
	const headers: Record<string, string> = {};
	const authorization = authorizationOf(service, call.keys ?? 'application', call.path);
	if (authorization !== undefined) headers.authorization = authorization;
	const body = call.body === undefined || typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
	const type = call.contentType === undefined ? 'application/json' : call.contentType;
	if (body !== undefined && type !== null) headers['content-type'] = type;
	try {
		const response = await fetch(service.baseUrl + call.path, {
			method: call.method,
			headers,
			// Bytes: to a text, fetch would add a Content-Type of its own.
			...(body !== undefined && { body: Buffer.from(body) }),
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
	} catch (error) {
		return { failure: reasonOf(error) };
	}
}

function authorizationOf({ application, developer }: Service, keys: KeysUsed, path: string): string | undefined {
	if (keys === 'none') return undefined;
	if (keys === 'bearer') return 'Bearer example';
	if (keys === 'noColon') return `Basic ${Buffer.from('example').toString('base64')}`;
	if (keys === 'wrong') return basic(WRONG);
	const takesDeveloper = keys === 'developer' || (keys === 'crossed' && path !== '/accounts/dev');
	return basic(takesDeveloper && developer ? developer : application);
}

/** Node hides what happened behind "fetch failed". */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === 'TimeoutError') return `no response within ${TIMEOUT_MS / 1000} s`;
	const cause: unknown = error.cause;
	return cause instanceof Error ? cause.message : error.message;
}
