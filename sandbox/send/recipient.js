'use strict';

const { renderTemplate, billedLength, segmentsOf } = require('./text');

/**
 * Number endings that are always refused, so that a refusal can be had without preparing anything.
 * The ending is the end of the code.
 */
const MAGIC_ENDINGS = Object.freeze({ '0006': 50006, '0009': 50009, '0024': 50024, '0034': 50034, '0037': 50037 });

/**
 * Checks the number of one recipient.
 * @param {unknown} mobile
 * @param {import('../settings').Settings} settings
 * @returns {{ code: number } | { mobile: string }} `mobile` as text; official SDKs send it as a number at times
 */
function checkMobile(mobile, settings) {
	if (mobile === undefined || mobile === null || mobile === '') return { code: 50004 };
	if (typeof mobile !== 'string' && typeof mobile !== 'number') return { code: 50007 };
	const text = String(mobile);
	const pattern = settings.mobileCheck === 'mainland' ? /^1\d{10}$/ : /^\+?\d{5,20}$/;
	return pattern.test(text) ? { mobile: text } : { code: 50006 };
}

/**
 * @param {string} mobile
 * @param {import('../settings').Settings} settings
 * @returns {number | undefined} a code
 */
function magicRefusal(mobile, settings) {
	if (!settings.magicEndings) return undefined;
	const ending = mobile.slice(-4);
	return Object.hasOwn(MAGIC_ENDINGS, ending) ? MAGIC_ENDINGS[/** @type {'0006'} */ (ending)] : undefined;
}

/** @param {unknown} given @returns {Record<string, unknown> | null | undefined} undefined: none given, null: wrong type */
function parameterObject(given) {
	if (given === undefined || given === null) return undefined;
	// One official SDK writes "no parameters" as an empty list.
	if (Array.isArray(given)) return given.length === 0 ? undefined : null;
	return typeof given === 'object' ? /** @type {Record<string, unknown>} */ (given) : null;
}

/**
 * Checks the parameters of one recipient against the template.
 * @param {unknown} given `temp_para` as it came
 * @param {import('./text').CompiledTemplate} compiled
 * @param {import('../settings').Settings} settings
 * @returns {{ code: number } | { values: Record<string, string> }}
 */
function checkParameters(given, compiled, settings) {
	const parameters = parameterObject(given);
	if (parameters === null) return { code: 50007 };
	const { names } = compiled;
	if (parameters === undefined) return names.length === 0 ? { values: {} } : { code: settings.noParametersCode };

	/** @type {Record<string, string>} */
	const values = {};
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

/**
 * Renders the text of one recipient and checks its content.
 * @param {import('./plan').SendPlan} plan
 * @param {Record<string, string>} values
 * @param {import('../settings').Settings} settings
 * @returns {{ code: number } | { text: string, segments: number }}
 */
function checkText(plan, values, settings) {
	for (const name of plan.compiled.names) if (/[【】]/.test(values[name])) return { code: 50054 };
	const text = plan.before + renderTemplate(plan.compiled, values) + plan.after;
	for (const word of settings.blackWords) if (text.includes(word)) return { code: 50037 };
	const length = billedLength(text);
	if (length > settings.maxTextLength) return { code: 50038 };
	return { text, segments: segmentsOf(length) };
}

module.exports = { MAGIC_ENDINGS, checkMobile, magicRefusal, checkParameters, checkText };
