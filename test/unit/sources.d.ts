/** The source files of a folder of the repository that end so: text by path from the root. */
export function sourcesBelow(folder: string, ending: string): Record<string, string>;

/** Where a relative import in a file leads, from the root. */
export function resolveFrom(file: string, target: string): string;
