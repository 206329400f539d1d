import { maskKeys, maskNumbers } from './mask';

/** Bad input found before anything was sent: a sentence naming the field, and what to do. */
export class InputProblem extends Error {
	constructor(
		/** Names the field; the item number is added where the item is known. */
		message: string,
		/** What to do, in words of our own: nothing of the input stands in it. */
		readonly hint: string,
		/** `everyone` where the cause is a setting that all items share. */
		readonly concerns: 'recipient' | 'everyone' = 'recipient',
	) {
		// Whatever a sentence quotes may be a number in the wrong field.
		super(maskNumbers(message));
		this.name = 'InputProblem';
	}
}

/** Whatever was thrown while input was read; `hint` says what to do about anything but an InputProblem. */
export function asInputProblem(
	error: unknown,
	hint: string,
	{ context = '', concerns }: { context?: string; concerns?: InputProblem['concerns'] } = {},
): InputProblem {
	if (error instanceof InputProblem) return error;
	return new InputProblem(context + (error instanceof Error ? error.message : String(error)), hint, concerns);
}

/** Reads one parameter of the current item, expressions resolved. Undefined where it is not set. */
export type Read = (name: string) => unknown;

/** True for what a form leaves behind when a field was not filled in. */
export function isEmpty(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A date of JavaScript or of Luxon, which n8n's `$now` is: also from another context, as evaluators have their own. */
export function isDate(value: unknown): value is { toJSON: () => string | null } {
	if (typeof value !== 'object' || value === null) return false;
	return (
		Object.prototype.toString.call(value) === '[object Date]' ||
		('isLuxonDateTime' in value && value.isLuxonDateTime === true)
	);
}

/** Names a value in words a no-code person knows. */
export function kindOf(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (isDate(value)) return 'a date and time';
	if (typeof value === 'object') return 'an object';
	if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`;
	// Masked before it is cut, so that no half of a number or key is left.
	return `the text '${maskNumbers(maskKeys(value.slice(0, 400))).slice(0, 40)}'`;
}
