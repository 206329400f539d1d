import { InputProblem, isDate, kindOf } from '../model/inputProblem';

/** A kind of text that nobody writes into an SMS on purpose. */
interface Mistake {
	shows: RegExp;
	/** What is wrong, behind the name of the parameter. */
	says: string;
	hint: string;
	/** True where different values still look different. */
	tellsApart?: true;
}

const EMPTY_FIELD = 'The field it comes from is empty or has another name: correct the expression or the data.';
const FORMAT =
	"Give it a format, for example {{ $json.date.toDateTime().toFormat('yyyy-MM-dd') }} or {{ $now.toFormat('yyyy-MM-dd') }}.";
const CALCULATION = 'Check the calculation and the values that it uses.';

/** The first one that fits is named. What JavaScript, n8n, spreadsheets and JSON leave behind; never what a word contains. */
const MISTAKES: readonly Mistake[] = [
	{
		shows: /\[object \w+\]|\[(?:Object|Array): /,
		says: "contains '[object Object]', which stands for a whole object",
		hint: 'Pick one field of the object, for example {{ $json.customer.name }}.',
	},
	{ shows: /\bundefined\b/, says: "contains the word 'undefined'", hint: EMPTY_FIELD },
	{ shows: /\bnull\b/, says: "contains the word 'null'", hint: EMPTY_FIELD },
	{ shows: /\bNaN\b/, says: "contains 'NaN', which stands for a failed calculation", hint: CALCULATION },
	{ shows: /\bInfinity\b/, says: "contains 'Infinity', the result of a division by zero", hint: CALCULATION },
	{
		shows: /\bInvalid (?:[Dd]ate|DateTime|Duration|Interval)\b/,
		says: 'contains a date that could not be read',
		hint: `Check the date in the data. ${FORMAT}`,
	},
	{
		shows: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?:Z|[+-]\d\d:\d\d)|\d\d:\d\d:\d\d GMT[+-]\d{4}/,
		says: 'is a date and time without a format',
		hint: FORMAT,
		tellsApart: true,
	},
	{
		shows: /#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)/,
		says: 'contains an error value of a spreadsheet',
		hint: 'Correct the cell in the spreadsheet, or remove the row before this node.',
	},
	{
		shows: /\{\{[^]*\}\}/,
		says: 'contains an expression that n8n did not evaluate',
		hint: "Switch the field from 'Fixed' to 'Expression'.",
	},
	{
		shows: /\b\d(?:\.\d+)?(?:[eE]\+\d+|e-\d+)\b/,
		says: 'is a number that was shortened (as in 1.38E+10)',
		hint: 'Format the column of the spreadsheet as text, or the number with {{ $json.amount.toFixed(2) }}.',
	},
	{
		shows: /\d\.\d*(?:0{7,}|9{7,})\d\b/,
		says: 'is a number with a rounding error (as in 12.600000000000001)',
		hint: 'Round it, for example {{ $json.amount.toFixed(2) }}.',
		tellsApart: true,
	},
];

/** What all mistakes have at least one of. */
const SUSPICIOUS = /undefined|null|NaN|Infinity|\[[oOA]|Invalid |\{\{|#[A-Z]|\d[eE][+-]\d|\.\d{3}|GMT/;

/** Signs that most values have none of: three times as fast, and a long list passes here for every value of every recipient. */
const WORTH_A_LOOK = /[fNI[{#.M]|ll|[eE][+-]/;

/** What is wrong with a text that nobody writes on purpose, such as "[object Object]"; undefined where nothing is. */
export function findMistake(text: string): Mistake | undefined {
	return WORTH_A_LOOK.test(text) && SUSPICIOUS.test(text) ? MISTAKES.find(({ shows }) => shows.test(text)) : undefined;
}

/**
 * The value of a template parameter as text. Live values and those that n8n has stored, which are dates as text, give the same.
 *
 * @param name          of the parameter
 * @param allowsUnusual whether texts that show a mistake are to be sent; asked only where one is found
 * @throws InputProblem for what cannot stand in an SMS, and for a text that shows a mistake
 */
export function toParameterText(name: string, value: unknown, allowsUnusual: () => boolean): string {
	if (Number.isSafeInteger(value)) return String(value);
	const text = textOf(name, value);
	const mistake = findMistake(text);
	if (mistake === undefined || allowsUnusual()) return text;
	throw new InputProblem(
		`Template parameter '${name}' ${mistake.says}`,
		`${mistake.hint} If it is meant to be sent like this, switch on the option 'Allow Unusual Values'.`,
	);
}

function textOf(name: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
	if (value === null || value === undefined) {
		throw new InputProblem(
			`Template parameter '${name}' is empty`,
			'The field is empty in your data. Fill it in, or filter the row out before this node.',
		);
	}
	// As n8n stores it; a date that is none is stored as nothing.
	if (isDate(value)) return value.toJSON() ?? String(value);
	throw new InputProblem(
		`Template parameter '${name}' holds ${kindOf(value)} instead of a text`,
		'Pick one field of it, for example {{ $json.customer.name }}.',
	);
}
