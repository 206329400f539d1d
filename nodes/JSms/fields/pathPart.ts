import { InputProblem, kindOf, type Read } from '../model/inputProblem';
import { readRequiredText } from './requiredText';

/**
 * Reads a text that becomes one part of an address.
 *
 * @param name  of the parameter
 * @param label how to name the field in a sentence
 * @param hint  what to do
 * @throws InputProblem when it is empty, no text, or cannot stand in an address
 */
export function readPathPart(read: Read, name: string, label: string, hint: string): string {
	const text = readRequiredText(read, name, label, hint).trim();
	// Dots alone would be read as a step up in the address.
	if (/^\.+$/.test(text)) throw new InputProblem(`'${label}' is ${kindOf(read(name))}`, hint);
	// Half of a character, which text that was cut leaves behind, has no form in an address.
	if (/\p{Surrogate}/u.test(text)) {
		throw new InputProblem(`'${label}' contains a broken character, probably because the text was cut off`, hint);
	}
	return text;
}
