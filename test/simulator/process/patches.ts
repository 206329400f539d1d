import type { Knobs } from '../world/types';

/** A change to the text of one compiled file. */
export interface Patch {
	/** End of the file's path, below the package's dist folder. */
	file: string;
	find: string;
	replace: string;
}

/**
 * Constants of the package made small, so that memories overflow in worlds of a dozen people. A constant that is gone is an
 * error: worlds would no longer do what they say.
 */
export const SMALL: readonly Patch[] = [
	{ file: 'memory/onceKeys.js', find: 'MAX_ONCE_KEYS = 100_000', replace: 'MAX_ONCE_KEYS = 60' },
	{ file: 'memory/runNote.js', find: 'MAX_RUN_NOTES = 10_000', replace: 'MAX_RUN_NOTES = 60' },
	{ file: 'memory/writes.js', find: 'const MARKED_FROM = 500', replace: 'const MARKED_FROM = 4' },
	{ file: 'memory/writes.js', find: 'const MARKS_TO_REMOVE = 50', replace: 'const MARKS_TO_REMOVE = 3' },
	{ file: 'memory/store.js', find: 'const ROOM_FOR_MARKS = 1_000', replace: 'const ROOM_FOR_MARKS = 20' },
	{ file: 'receipts/pull.js', find: 'FULL_PAGE = 500', replace: 'FULL_PAGE = 3' },
];

/** How many records the service hands out at once. */
export const pageSizeOf = (knobs: Knobs) => (knobs === 'small' ? 3 : 500);

/** How many keys a node remembers. */
export const rememberedKeys = (knobs: Knobs) => (knobs === 'small' ? 60 : 100_000);

export const patchesOf = (knobs: Knobs) => (knobs === 'small' ? SMALL : []);

/**
 * Applies those patches that are meant for a file.
 * @throws where a text to replace is not there, or more than once
 */
export function patched(file: string, text: string, patches: readonly Patch[]): string {
	let result = text;
	for (const { file: ending, find, replace } of patches) {
		if (!file.endsWith(ending)) continue;
		const parts = result.split(find);
		if (parts.length !== 2)
			throw new Error(`${ending} holds ${parts.length - 1} times what is to be replaced: ${find}`);
		result = parts.join(replace);
	}
	return result;
}
