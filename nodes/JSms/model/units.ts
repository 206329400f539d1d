/** What an SMS costs ("Template" page, "Length and billing"). Whole SMS are meant, with signature and opt-out phrase. */

/** The most characters that cost one unit; longer SMS are sent in parts. */
const ONE_UNIT = 70;

/** Characters of each part of a longer SMS. */
const PART = 67;

/** Length as it is billed: every character counts one, whatever its script; a line break counts two. */
export function charactersOf(sms: string): number {
	// The usual SMS has neither line breaks nor characters of two halves.
	if (!/[\n\r\ud800-\udfff]/.test(sms)) return sms.length;
	let count = 0;
	for (const [part] of sms.matchAll(/\r\n|[^]/gu)) count += part === '\r\n' || part === '\n' || part === '\r' ? 2 : 1;
	return count;
}

/** Billed units: one up to 70 characters, else one for every 67 begun. */
export function unitsOf(characters: number): number {
	return characters <= ONE_UNIT ? 1 : Math.ceil(characters / PART);
}
