'use strict';

const { SETTINGS } = require('./settings-table');

/**
 * @typedef {Record<string, any>} Settings one value per name of the settings table
 */

/**
 * @param {string} name
 * @param {unknown} value
 * @throws {TypeError} a sentence naming the switch and what it takes
 */
function checkSetting(name, value) {
	const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
	if (!setting)
		throw new TypeError(`There is no sandbox setting "${name}". Known: ${Object.keys(SETTINGS).join(', ')}.`);
	const allowed = setting.choices ? setting.choices.includes(value) : setting.check?.(value);
	if (!allowed)
		throw new TypeError(
			`The sandbox setting "${name}" cannot be ${JSON.stringify(value)}; it takes ${setting.expects}.`,
		);
}

/**
 * Reads the value of a switch as it was typed: `2025` is a text where the switch takes texts, a number elsewhere.
 * @param {string} name
 * @param {string} typed plain, or JSON
 * @returns {unknown}
 */
function parseSetting(name, typed) {
	const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
	const choice = setting?.choices?.find((value) => String(value) === typed);
	if (choice !== undefined) return choice;
	let value;
	try {
		value = JSON.parse(typed);
	} catch {
		return typed;
	}
	return typeof setting?.default === 'string' && typeof value !== 'string' ? typed : value;
}

/**
 * The switches of one sandbox. `values` is read by the sandbox itself; `live` is the same object behind a guard that
 * refuses unknown names and values, so a typing mistake in a test does not silently change nothing.
 * @param {Partial<Settings>} [start] values that differ from the defaults, also after a reset
 * @returns {{ values: Settings, live: Settings, set: (changes: Partial<Settings>) => void, reset: () => void }}
 */
function createSettings(start = {}) {
	for (const [name, value] of Object.entries(start)) checkSetting(name, value);
	/** @type {Settings} */
	const values = {};
	const reset = () => {
		for (const [name, setting] of Object.entries(SETTINGS))
			values[name] = structuredClone(start[name] ?? setting.default);
	};
	/** @param {Partial<Settings>} changes all or nothing: one bad entry and none is taken over */
	const set = (changes) => {
		for (const [name, value] of Object.entries(changes)) checkSetting(name, value);
		Object.assign(values, structuredClone(changes));
	};
	reset();
	const live = new Proxy(values, {
		set(target, name, value) {
			checkSetting(String(name), value);
			target[String(name)] = value;
			return true;
		},
		deleteProperty() {
			throw new TypeError('A sandbox setting cannot be deleted; give it its default value.');
		},
	});
	return { values, live, set, reset };
}

module.exports = { createSettings, parseSetting };
