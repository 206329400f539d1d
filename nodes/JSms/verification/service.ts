import { sleep } from 'n8n-workflow';

import type { Outcome } from '../model/outcome';
import { sendRequest, type ClientSettings, type HttpContext } from '../api/request';
import { isRecord, toText } from '../model/json';
import type { CodeVerdict } from './codeChecks';

/** What became of a request for a code. */
export type SendResult =
	| { result: 'sent'; msgId: string }
	/** `code` of JSMS; `reason` in words for n8n's log. */
	| { result: 'notSent'; code?: number; reason: string }
	| { result: 'maybeSent'; reason: string };

/** The calls of JSMS that a verification takes. */
export interface Service {
	send(mobile: string): Promise<SendResult>;
	check(msgId: string, code: string, lost: boolean): Promise<{ verdict: CodeVerdict; reason: string }>;
}

/** Checks that had no response are repeated; a visitor is waiting. */
const MAX_CHECKS = 3;

/** Return codes of a check ("Verification Code Verifying"); 50026 is a message that JSMS does not know, or no longer. */
const VERDICTS: ReadonlyMap<number | undefined, CodeVerdict> = new Map([
	[50010, 'wrong'],
	[50011, 'expired'],
	[50012, 'used'],
	[50026, 'expired'],
]);

/**
 * @param template what to send: the template and, where it is not the default one, the signature
 */
export function serviceOf(
	context: HttpContext,
	client: ClientSettings,
	template: { templateId: number; signatureId?: number },
): Service {
	return {
		/** POST /codes. Sent once: a request of unknown result is not repeated, because the code may have been sent. */
		async send(mobile) {
			const { templateId, signatureId } = template;
			const body = { mobile, temp_id: templateId, ...(signatureId !== undefined && { sign_id: signatureId }) };
			const outcome = await sendRequest(context, client, { method: 'POST', path: '/codes', body }, { effect: 'once' });
			if (outcome.class === 'accepted') {
				const msgId = isRecord(outcome.body) ? toText(outcome.body.msg_id) : undefined;
				return msgId === undefined
					? { result: 'maybeSent', reason: 'the response of JSMS holds no msg_id' }
					: { result: 'sent', msgId };
			}
			// Without numbers and keys: the words of JSMS are masked where they are read.
			const reason = outcome.message;
			if (outcome.class === 'unknown') return { result: 'maybeSent', reason };
			const code = outcome.class === 'refused' ? outcome.code : undefined;
			return { result: 'notSent', ...(code !== undefined && { code }), reason };
		},

		/**
		 * POST /codes/{msg_id}/valid. A code passes once. Repeating a check that had no response is safe, because "already used"
		 * then tells that the earlier one passed.
		 */
		async check(msgId, code, lost) {
			const request = { method: 'POST', path: `/codes/${encodeURIComponent(msgId)}/valid`, body: { code } } as const;
			let hadNoResponse = lost;
			for (let count = 1; ; count += 1) {
				const outcome = await sendRequest(context, client, request, { effect: 'once' });
				const verdict = verdictOf(outcome, hadNoResponse);
				const reason = outcome.class === 'accepted' ? '' : outcome.message;
				if (verdict === 'unknown') hadNoResponse = true;
				// Once a check had no response, one that did not reach JSMS leaves it just as unknown.
				const known = verdict === 'notAttempted' && hadNoResponse ? 'unknown' : verdict;
				if (verdict !== 'unknown' || count === MAX_CHECKS) return { verdict: known, reason };
				await sleep(Math.random() * 250 * 2 ** count);
			}
		},
	};
}

function verdictOf(outcome: Outcome, lost: boolean): CodeVerdict {
	switch (outcome.class) {
		case 'accepted': {
			const isValid = isRecord(outcome.body) ? outcome.body.is_valid : undefined;
			if (typeof isValid !== 'boolean') return 'unknown';
			return isValid ? 'valid' : 'wrong';
		}
		case 'refused': {
			const verdict = VERDICTS.get(outcome.code) ?? 'notAttempted';
			return verdict === 'used' && lost ? 'valid' : verdict;
		}
		default:
			return outcome.class;
	}
}
