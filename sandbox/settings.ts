import { SETTINGS, type Setting } from './settings-table';

/** One value per name of the settings table. */
export type Settings = { -readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name]['default'] };

const settingOf = (name: string): Setting | undefined =>
	Object.entries(SETTINGS).find(([known]) => known === name)?.[1];

/** @throws {TypeError} a sentence naming the switch and what it takes */
function checkSetting(name: string, value: unknown) {
	const setting = settingOf(name);
	if (!setting)
		throw new TypeError(`There is no sandbox setting "${name}". Known: ${Object.keys(SETTINGS).join(', ')}.`);
	if (!setting.check(value))
		throw new TypeError(
			`The sandbox setting "${name}" cannot be ${JSON.stringify(value)}; it takes ${setting.expects}.`,
		);
}

/**
 * Reads the value of a switch as it was typed: `2025` is a text where the switch takes texts, a number elsewhere.
 * @param typed plain, or JSON
 */
export function parseSetting(name: string, typed: string): unknown {
	const setting = settingOf(name);
	const choice = setting?.choices?.find((value) => String(value) === typed);
	if (choice !== undefined) return choice;
	let value: unknown;
	try {
		value = JSON.parse(typed);
	} catch {
		return typed;
	}
	return typeof setting?.default === 'string' && typeof value !== 'string' ? typed : value;
}

export interface Switches {
	/** read by the sandbox itself */
	values: Settings;
	/** the same object behind a guard that refuses unknown names and values, so that a typing mistake in a test fails */
	live: Settings;
	/** All or nothing: one bad entry and none is taken over. */
	set(changes: Partial<Settings>): void;
	reset(): void;
}

/** @param start values that differ from the defaults, also after a reset */
export function createSettings(start: Partial<Settings> = {}): Switches {
	const check = (changes: Partial<Settings>) => {
		for (const [name, value] of Object.entries(changes)) checkSetting(name, value);
	};
	check(start);
	const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
	const fresh = () => structuredClone({ ...defaults, ...start }) as Settings;
	const values = fresh();
	return {
		values,
		live: new Proxy(values, {
			set(target, name, value) {
				checkSetting(String(name), value);
				return Reflect.set(target, name, value);
			},
			deleteProperty() {
				throw new TypeError('A sandbox setting cannot be deleted; give it its default value.');
			},
		}),
		set: (changes) => {
			check(changes);
			Object.assign(values, structuredClone(changes));
		},
		reset: () => Object.assign(values, fresh()),
	};
}
