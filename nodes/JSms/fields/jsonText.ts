import { parseJson } from '../model/json';
import { InputProblem } from '../model/inputProblem';

/** How a field that holds JSON is spoken of. */
export interface JsonWords {
	/** What it should be: `valid JSON`. */
	is: string;
	/** What to do where no expression is to blame. */
	hint: string;
	/** What else to do about values that expressions insert, if anything, ending in `or `. */
	instead?: string;
}

/**
 * Parses a field that holds JSON as text; undefined where it is blank.
 *
 * Expressions insert values into the text before anything knows that it is JSON. A quotation mark in a value then ends the
 * text around it, and a backslash becomes part of an escape: `C:\new` would be sent with a line break.
 *
 * @param raw   the field as the editor stores it, with its expressions; anything else where the text is no field of its own
 * @param field how to name the field in a sentence
 * @throws InputProblem when it is no JSON, or when an inserted value changes the JSON around it
 */
export function parseField(text: string, raw: unknown, field: string, words: JsonWords): unknown {
	if (text.trim() === '') return undefined;
	const template = templateOf(raw);
	const changing = template && text.search(CHANGES_JSON) >= 0 ? valueThatChanges(template, text) : undefined;
	if (changing !== undefined) {
		throw new InputProblem(
			`A value that is inserted into ${field} contains ${changing.contains}, which changes the JSON around it`,
			hintFor(words, changing.code),
		);
	}
	const result = tryToParse(text);
	if ('value' in result) return result.value;
	throw new InputProblem(
		`${field} is not ${words.is} (${result.reason})`,
		template ? hintFor(words, template.codes[0].code) : words.hint,
	);
}

function tryToParse(text: string): { value: unknown } | { reason: string } {
	try {
		return { value: parseJson(text) };
	} catch (error) {
		return { reason: error instanceof Error ? error.message : String(error) };
	}
}

function hintFor({ instead = '' }: JsonWords, code: string): string {
	const expression = /^[^"'\n]{1,60}$/.test(code) ? code : '$json.name';
	const words = `${instead}write {{ JSON.stringify(${expression}) }} without quotation marks around it.`;
	return words[0].toUpperCase() + words.slice(1);
}

/** A field that holds JSON with expressions in it. */
interface JsonTemplate {
	raw: string;
	/** What stands before, between and after the expressions. */
	fixed: string[];
	codes: Array<{ code: string; isQuoted: boolean }>;
}

const EXPRESSION = /\{\{([^]*?)\}\}/;

/** What has a meaning of its own within a JSON text. */
const CHANGES_JSON = /["\\\p{Cc}]/u;

/** All items of a run have the same field. */
let latest: JsonTemplate | undefined;

/** Undefined where the field is one expression, which gives JSON as it likes, or holds none. */
function templateOf(raw: unknown): JsonTemplate | undefined {
	if (typeof raw !== 'string' || !raw.startsWith('=')) return undefined;
	if (latest?.raw === raw) return latest;
	const pieces = raw.slice(1).split(EXPRESSION);
	const fixed = pieces.filter((_, index) => index % 2 === 0);
	if (fixed.length < 2 || fixed.every((part) => part.trim() === '')) return undefined;
	let isQuoted = false;
	const codes = pieces.flatMap((piece, index) => {
		if (index % 2 === 1) return [{ code: piece.trim(), isQuoted }];
		isQuoted = endsInText(piece, isQuoted);
		return [];
	});
	latest = { raw, fixed, codes };
	return latest;
}

/** Whether a piece of JSON ends within a text between quotation marks. */
function endsInText(json: string, startsInText: boolean): boolean {
	const quotes = json.replace(/\\[^]/g, '').split('"').length - 1;
	return startsInText !== (quotes % 2 === 1);
}

/** The first value between quotation marks that changes the JSON; undefined where none does, or where they cannot be told apart. */
function valueThatChanges(
	{ fixed, codes }: JsonTemplate,
	text: string,
): { code: string; contains: string } | undefined {
	if (!text.startsWith(fixed[0])) return undefined;
	let at = fixed[0].length;
	for (const [index, { code, isQuoted }] of codes.entries()) {
		const next = fixed[index + 1];
		const isLast = index === codes.length - 1;
		const end = isLast ? text.length - next.length : text.indexOf(next, at);
		if (end < at || !text.startsWith(next, end)) return undefined;
		// Whoever escapes a value knows what JSON needs.
		const value = isQuoted && !/stringify|replace/.test(code) ? text.slice(at, end) : '';
		const [found] = CHANGES_JSON.exec(value) ?? [];
		if (found !== undefined) return { code, contains: nameOf(found) };
		at = end + next.length;
	}
	return undefined;
}

function nameOf(character: string): string {
	if (character === '"') return 'a quotation mark';
	return character === '\\' ? 'a backslash' : 'a line break';
}
