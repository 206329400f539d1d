import type { Failure } from '../model/failure';

/** What n8n's scheduler reads from the error of a poll; older versions of n8n do not look at it. */
export type Backoff =
	| { cause: 'rate-limited'; retryAfterMs: number }
	| { cause: 'temporarily-unavailable' }
	| { cause: 'credential-invalid' | 'configuration-invalid' };

/** Keys, the list of IP addresses, the service and the application: a person has to put these right. */
const KEYS = [50001, 50002, 50008, 50035, 50036];

/** How long n8n should wait after a failure: minutes where nothing else can help, the service's pace where that was broken. */
export function backoffOf({ outcome, code }: Failure): Backoff {
	if (outcome === 'invalidInput') return { cause: 'configuration-invalid' };
	if (outcome === 'refused' && code === 50009) return { cause: 'rate-limited', retryAfterMs: 60_000 };
	if (outcome === 'refused' && code !== undefined && KEYS.includes(code)) return { cause: 'credential-invalid' };
	return { cause: 'temporarily-unavailable' };
}
