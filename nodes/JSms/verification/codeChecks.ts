import { fingerprint } from '../memory/digest';
import { ExpiringMap } from './expiringMap';

/** What JSMS says of a code. `unknown`: no response, so that the code may be used up now; `notAttempted`: JSMS was not reached. */
export type CodeVerdict = 'valid' | 'wrong' | 'expired' | 'used' | 'unknown' | 'notAttempted';

/** How the response went that tells the visitor of the start of the workflow. */
export interface StartResponse {
	/** Resolves when the response has been sent, or its connection is gone; never rejects. */
	ended: Promise<void>;
	/** True where n8n said that the workflow could not be started. */
	failed: () => boolean;
}

export type CheckResult =
	/** `first`: the workflow is to be started now. Otherwise it was, and this is a repeated request. */
	| { result: 'passed'; first: boolean }
	| { result: 'wrong'; triesLeft: number }
	| { result: 'tooManyTries' | 'expired' | 'used' | 'notChecked' };

/** What is known of one code that was sent. */
interface Known {
	tries: number;
	/** By the code that was entered: wrong, or being checked. */
	entered: Map<string, 'wrong' | Promise<CheckResult>>;
	/** Checks of these codes had no response: when JSMS calls one of them used, that check used it. */
	lost: Set<string>;
	passed?: { code: string; startResponse: StartResponse };
}

/** Tokens of visits live one hour, so no code is checked later than that. */
const LIFETIME = 2 * 3_600_000;
const CAPACITY = 50_000;

/**
 * Checks codes. A try is counted before the call, so that many guesses at the same moment are no more than many guesses one
 * after the other. The same code again costs no try and asks nobody; the code that passed starts the workflow once.
 */
export class CodeChecks {
	private readonly codes = new ExpiringMap<Known>(LIFETIME, CAPACITY);

	/**
	 * @param sent which code that was sent it is about
	 * @param code what the visitor entered
	 * @param ask  asks JSMS; is told whether an earlier check of the same code had no response
	 */
	async check(
		sent: string,
		code: string,
		{
			tries,
			now,
			ask,
			startResponse,
		}: { tries: number; now: number; ask: (lost: boolean) => Promise<CodeVerdict>; startResponse: StartResponse },
	): Promise<CheckResult> {
		const known: Known = this.codes.get(sent, now) ?? { tries: 0, entered: new Map(), lost: new Set() };
		this.codes.set(sent, known, now);
		// A short code behind a hash is no secret; this only keeps codes out of memory dumps that somebody reads.
		const entered = fingerprint([sent, code]);
		for (;;) {
			if (known.passed) return await afterPass(known, known.passed, entered, startResponse);
			const earlier = known.entered.get(entered);
			if (earlier === 'wrong') return { result: 'wrong', triesLeft: Math.max(0, tries - known.tries) };
			if (earlier === undefined) break;
			const result = await earlier;
			// A code that passed is looked at once more, because its workflow may not have started.
			if (result.result !== 'passed') return result;
		}
		if (!known.lost.has(entered)) {
			if (known.tries >= tries) return { result: 'tooManyTries' };
			known.tries += 1;
		}
		const checking = askService(known, entered, tries, startResponse, ask);
		known.entered.set(entered, checking);
		return await checking;
	}

	/** How many other codes may still be tried, without counting one. */
	triesLeft(sent: string, tries: number, now: number): number {
		return Math.max(0, tries - (this.codes.get(sent, now)?.tries ?? 0));
	}

	get size(): number {
		return this.codes.size;
	}
}

async function askService(
	known: Known,
	entered: string,
	tries: number,
	startResponse: StartResponse,
	ask: (lost: boolean) => Promise<CodeVerdict>,
): Promise<CheckResult> {
	// Whatever `ask` throws stands for a check without a response.
	const verdict = await ask(known.lost.has(entered)).catch((): CodeVerdict => 'unknown');
	known.entered.delete(entered);
	switch (verdict) {
		case 'valid':
			if (known.passed) return { result: 'used' };
			known.passed = { code: entered, startResponse };
			return { result: 'passed', first: true };
		case 'wrong':
			known.entered.set(entered, 'wrong');
			return { result: 'wrong', triesLeft: Math.max(0, tries - known.tries) };
		case 'notAttempted':
			if (!known.lost.has(entered)) known.tries -= 1;
			return { result: 'notChecked' };
		case 'unknown':
			known.lost.add(entered);
			return { result: 'notChecked' };
		default:
			return { result: verdict };
	}
}

/** The code that passed, entered again: the workflow is started again only where n8n could not start it. */
async function afterPass(
	known: Known,
	passed: NonNullable<Known['passed']>,
	entered: string,
	startResponse: StartResponse,
): Promise<CheckResult> {
	if (passed.code !== entered) return { result: 'used' };
	await passed.startResponse.ended;
	if (known.passed !== passed) return await afterPass(known, known.passed ?? passed, entered, startResponse);
	if (!passed.startResponse.failed()) return { result: 'passed', first: false };
	known.passed = { code: entered, startResponse };
	return { result: 'passed', first: true };
}
