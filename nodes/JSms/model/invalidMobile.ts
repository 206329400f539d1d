/** Return code of the service for a number that it does not accept. */
const INVALID_MOBILE = 50006;

/**
 * The hint of a refusal, with what is odd about the number where the number is why.
 * @param mobile as it was sent
 */
export function hintForMobile(code: number | undefined, mobile: string | undefined, hint: string): string {
	const odd = code === INVALID_MOBILE && mobile !== undefined ? describeInvalidMobile(mobile) : undefined;
	return odd === undefined ? hint : `${odd} ${hint}`;
}

/**
 * What keeps a text from being a mainland mobile number, in a sentence that does not repeat the number; undefined where it
 * looks like one. All samples of the service are 11 digits that start with 1; which of these exist it alone knows.
 */
export function describeInvalidMobile(mobile: string): string | undefined {
	const digits = mobile.replace(/\D/g, '').length;
	if (/^1\d{10}$/.test(mobile)) return undefined;
	if (/^\d(\.\d+)?E\+?\d+$/i.test(mobile)) {
		return 'A spreadsheet shortened the number (1.38E+10). Format the column as text and enter the number again.';
	}
	if (/\p{L}/u.test(mobile)) return 'The number contains letters.';
	if (/^\+(?!86)\d+$/.test(mobile)) return 'The number has a country code other than 86.';
	if (/[^\d+]/.test(mobile)) return 'The number contains characters other than digits.';
	if (/^\+?86/.test(mobile) && digits !== 11) {
		return `The number has ${digits - 2} digits after the country code 86, or does not start with 1 there; a mainland mobile number has 11 and starts with 1.`;
	}
	if (digits !== 11)
		return `The number has ${digits} digit${digits === 1 ? '' : 's'}; a mainland mobile number has 11.`;
	return 'The number does not start with 1.';
}
