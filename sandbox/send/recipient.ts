import { renderTemplate, billedLength, segmentsOf, type CompiledTemplate } from './text';
import type { Settings } from '../settings';
import type { SendPlan } from './plan';

/** The return code that a recipient is refused with. */
export interface Refused {
	code: number;
}

/**
 * Number endings that are always refused, so that a refusal can be had without preparing anything.
 * The ending is the end of the code.
 */
export const MAGIC_ENDINGS: Readonly<Record<string, number>> = Object.freeze({
	'0006': 50006,
	'0009': 50009,
	'0024': 50024,
	'0034': 50034,
	'0037': 50037,
});

/**
 * Checks the number of one recipient.
 * @returns `mobile` as text; official SDKs send it as a number at times
 */
export function checkMobile(mobile: unknown, settings: Settings): Refused | { mobile: string } {
	if (mobile === undefined || mobile === null || mobile === '') return { code: 50004 };
	if (typeof mobile !== 'string' && typeof mobile !== 'number') return { code: 50007 };
	const text = String(mobile);
	const pattern = settings.mobileCheck === 'mainland' ? /^1\d{10}$/ : /^\+?\d{5,20}$/;
	return pattern.test(text) ? { mobile: text } : { code: 50006 };
}

/** @returns a code */
export function magicRefusal(mobile: string, settings: Settings): number | undefined {
	if (!settings.magicEndings) return undefined;
	const ending = mobile.slice(-4);
	return Object.hasOwn(MAGIC_ENDINGS, ending) ? MAGIC_ENDINGS[ending] : undefined;
}

/** @returns undefined: none given, null: wrong type */
function parameterObject(given: unknown): Record<string, unknown> | null | undefined {
	if (given === undefined || given === null) return undefined;
	// One official SDK writes "no parameters" as an empty list.
	if (Array.isArray(given)) return given.length === 0 ? undefined : null;
	return typeof given === 'object' ? (given as Record<string, unknown>) : null;
}

/**
 * Checks the parameters of one recipient against the template.
 * @param given `temp_para` as it came
 */
export function checkParameters(
	given: unknown,
	compiled: CompiledTemplate,
	settings: Settings,
): Refused | { values: Record<string, string> } {
	const parameters = parameterObject(given);
	if (parameters === null) return { code: 50007 };
	const { names } = compiled;
	if (parameters === undefined) return names.length === 0 ? { values: {} } : { code: settings.noParametersCode };

	const values: Record<string, string> = {};
	for (const key of Object.keys(parameters)) {
		const value = parameters[key];
		if (value === null || typeof value === 'string') {
			values[key] = value ?? '';
		} else if (typeof value === 'object' || settings.scalarParameters === 'refuse') {
			return { code: 50007 };
		} else {
			values[key] = String(value);
		}
		if (settings.extraParameters === 'refuse' && !names.includes(key)) return { code: 50007 };
	}
	for (const name of names) if (!Object.hasOwn(values, name)) return { code: 50022 };
	for (const name of names) if (values[name] === '') return { code: 50023 };
	return { values };
}

/** Renders the text of one recipient and checks its content. */
export function checkText(
	plan: SendPlan,
	values: Record<string, string>,
	settings: Settings,
): Refused | { text: string; segments: number } {
	for (const name of plan.compiled.names) if (/[【】]/.test(values[name])) return { code: 50054 };
	const text = plan.before + renderTemplate(plan.compiled, values) + plan.after;
	for (const word of settings.blackWords) if (text.includes(word)) return { code: 50037 };
	const length = billedLength(text);
	if (length > settings.maxTextLength) return { code: 50038 };
	return { text, segments: segmentsOf(length) };
}
