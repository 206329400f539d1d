'use strict';

/**
 * Texts as the service makes them: 【signature】 + rendered template (+ opt-out phrase), and what they cost.
 *
 * @typedef {{ fixed: string[], names: string[] }} CompiledTemplate text pieces and the variables between them
 */

/** @param {string} template @returns {CompiledTemplate} */
function compileTemplate(template) {
	const pieces = template.split(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/);
	return {
		fixed: pieces.filter((_, index) => index % 2 === 0),
		names: pieces.filter((_, index) => index % 2 === 1),
	};
}

/**
 * @param {CompiledTemplate} compiled
 * @param {Record<string, string>} values every name of the template must be there
 */
function renderTemplate({ fixed, names }, values) {
	let text = fixed[0];
	for (let index = 0; index < names.length; index++) text += values[names[index]] + fixed[index + 1];
	return text;
}

/**
 * Characters as billed: each counts 1, also those outside the Basic Multilingual Plane, a line break 2, whichever it is.
 * @param {string} text
 */
function billedLength(text) {
	let length = text.length;
	if (/[\ud800-\udbff]/.test(text)) length = [...text].length;
	for (const lineBreak of text.match(/\r\n?|\n/g) ?? []) length += 2 - lineBreak.length;
	return length;
}

/** Billed units: up to 70 characters one, longer texts one for every 67 begun. @param {number} length */
function segmentsOf(length) {
	return length <= 70 ? 1 : Math.ceil(length / 67);
}

/**
 * What a voice call says.
 * @param {string} code
 * @param {0 | 1 | 2} language 0 Chinese, 1 English, 2 both
 */
function spokenText(code, language) {
	const digits = code.split('').join(' ');
	const chinese = `您的验证码是：${digits}`;
	const english = `Your verification code is: ${digits}`;
	return [chinese, english, `${chinese}。${english}`][language];
}

module.exports = { compileTemplate, renderTemplate, billedLength, segmentsOf, spokenText };
