export type IssuedCode = { appKey: string; code: string; expiresAt: number; verified: boolean; wrongTries: number };

/** Codes that were sent and wait to be verified. */
export class Verification {
	/** by msg_id */
	readonly issued = new Map<string, IssuedCode>();

	reset() {
		this.issued.clear();
	}

	/** @param expiresAt ms since 1970 on the sandbox's clock */
	issue(msgId: string, appKey: string, code: string, expiresAt: number) {
		this.issued.set(msgId, { appKey, code, expiresAt, verified: false, wrongTries: 0 });
	}

	/** @param appKey whether the code of this application is known */
	knows(msgId: string, appKey: string) {
		return this.issued.get(msgId)?.appKey === appKey;
	}

	/**
	 * Tries a code. A code passes once.
	 * @param msgId one that `knows` knows
	 * @param triesAllowed 0: no limit
	 * @returns the code of the refusal; undefined: it passed
	 */
	tryCode(msgId: string, code: string, now: number, triesAllowed: number): number | undefined {
		const issued = this.issued.get(msgId) as IssuedCode;
		if (triesAllowed > 0 && issued.wrongTries >= triesAllowed) return 50010;
		if (issued.verified) return 50012;
		if (now >= issued.expiresAt) return 50011;
		if (code !== issued.code) {
			issued.wrongTries++;
			return 50010;
		}
		issued.verified = true;
		return undefined;
	}
}
