'use strict';

const { randomInt } = require('node:crypto');

/**
 * The addresses that applications are called back at, one for each kind, and the check that the console makes before it
 * saves one ("callback" page).
 *
 * @typedef {'report' | 'reply' | 'template' | 'sign'} Kind
 */

/** Kind → `type` of its callbacks. */
const TYPES = Object.freeze({ report: 'SMS_REPORT', reply: 'SMS_REPLY', template: 'SMS_TEMPLATE', sign: 'SMS_SIGN' });
/** @type {readonly Kind[]} */
const KINDS = Object.freeze(/** @type {Kind[]} */ (Object.keys(TYPES)));

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** @param {unknown} given @param {import('../settings').Settings} settings @returns {URL} */
function readAddress(given, settings) {
	const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new TypeError('The "url" of a callback must begin with http:// or https://.');
	}
	if (settings.callbackPorts === 'standard' && url.port !== '') {
		throw new TypeError('The "url" of a callback cannot have a port of its own.');
	}
	return url;
}

/**
 * Asks an address to give back 8 random characters.
 * @param {URL} url
 * @param {AbortSignal} signal
 * @throws {TypeError} a sentence that says what came instead
 */
async function checkAddress(url, signal) {
	const text = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	const asked = new URL(url);
	asked.searchParams.set('echostr', text);
	/** @type {Response} */
	let answer;
	let given;
	try {
		answer = await fetch(asked, { redirect: 'manual', signal });
		given = await answer.text();
	} catch (error) {
		throw new TypeError(`The check of ${url} got no answer: ${reasonOf(error)}.`);
	}
	if (answer.status !== 200 || given !== text) {
		throw new TypeError(
			`The check of ${url} must give back the text of "echostr", ${text}, and nothing else; it gave ${answer.status} ${JSON.stringify(given.slice(0, 200))}.`,
		);
	}
}

/** @param {any} error @returns {string} why a call failed; fetch hides it in the cause */
function reasonOf(error) {
	return String(error?.cause?.code ?? error?.cause?.message ?? error?.message ?? error);
}

module.exports = { TYPES, KINDS, readAddress, checkAddress, reasonOf };
