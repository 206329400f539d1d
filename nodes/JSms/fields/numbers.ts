import { InputProblem, isEmpty, kindOf } from '../model/inputProblem';

/**
 * Reads a whole number within bounds, given as number or as text of digits.
 *
 * @param value    what the field holds
 * @param field    how to name the field in a sentence
 * @param bounds   allowed range
 * @param hint     what to do
 * @throws InputProblem for anything else
 */
export function toWholeNumber(
	value: unknown,
	field: string,
	bounds: { min: number; max: number },
	hint: string,
): number {
	const text = typeof value === 'string' ? value.trim() : value;
	const number = typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : text;
	if (isEmpty(value)) throw new InputProblem(`${field} is empty`, hint, 'everyone');
	if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < bounds.min || number > bounds.max) {
		throw new InputProblem(
			`${field} must be a whole number ${rangeOf(bounds)}, not ${kindOf(value)}`,
			hint,
			'everyone',
		);
	}
	return number;
}

function rangeOf({ min, max }: { min: number; max: number }): string {
	return max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
}
