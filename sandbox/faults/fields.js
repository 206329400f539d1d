'use strict';

/**
 * What the fields of a fault may hold.
 * @typedef {object} Field
 * @property {(value: any) => boolean} check
 * @property {string} expects in words
 * @property {unknown} [default]
 * @property {boolean} [required]
 */

/** @param {number} least @param {Partial<Field>} [more] @returns {Field} */
const whole = (least, more = {}) => ({
	check: (value) => Number.isSafeInteger(value) && value >= least,
	expects: `a whole number from ${least}`,
	...more,
});
/** @param {Partial<Field>} [more] @returns {Field} */
const text = (more = {}) => ({ check: (value) => typeof value === 'string', expects: 'a text', ...more });
/** @param {readonly unknown[]} values the first is the default @returns {Field} */
const oneOf = (values) => ({
	check: (value) => values.includes(value),
	expects: values.map((value) => JSON.stringify(value)).join(' or '),
	default: values[0],
});
/** @param {Partial<Field>} [more] @returns {Field} */
const indexes = (more = {}) => ({
	check: (value) => Array.isArray(value) && value.every((index) => Number.isSafeInteger(index) && index >= 0),
	expects: 'a list of row numbers from 0',
	...more,
});
/** @returns {Field} */
const texts = () => ({
	check: (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'string'),
	expects: 'a list of texts',
});
/** @returns {Field} */
const headers = () => ({
	check: (value) =>
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).every((entry) => typeof entry === 'string' || typeof entry === 'number'),
	expects: 'an object of header names and values',
	default: {},
});
/** @returns {Field} */
const anything = () => ({ check: () => true, expects: 'a text or JSON value' });
/** An HTTP status a final answer can have. @param {Partial<Field>} [more] @returns {Field} */
const status = (more = {}) => ({
	check: (value) => Number.isSafeInteger(value) && value >= 200 && value <= 599,
	expects: 'an HTTP status from 200 to 599',
	...more,
});

module.exports = { whole, text, texts, oneOf, indexes, headers, anything, status };
