import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

/**
 * Reads a parameter that must hold a text; a number counts as its digits.
 *
 * @param label how to name the field in a sentence
 * @param hint  what to do
 * @throws InputProblem when it is empty or no text
 */
export function readRequiredText(read: Read, name: string, label: string, hint: string): string {
	const value = read(name);
	if (isEmpty(value)) throw new InputProblem(`'${label}' is empty`, hint);
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputProblem(`'${label}' holds ${kindOf(value)} instead of a text`, hint);
	}
	return String(value);
}
