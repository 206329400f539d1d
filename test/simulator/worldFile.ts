import { fs, path, SIMULATOR } from './host';
import type { World } from './world/types';

/** A world that is kept in a file. */
export interface WorldFile {
	/** What it is about. */
	label: string;
	/** The find that it was kept for, such as "1 twice in one run"; empty for a world that never broke a law. */
	find: string;
	/** Where it came from. */
	seed: number;
	world: World;
}

/** Worlds that must keep the laws. */
export const KEPT = path.join(SIMULATOR, 'worlds');

export const readWorld = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as WorldFile;

/** @returns full paths, by name */
export const worldsIn = (folder: string) =>
	fs
		.readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => path.join(folder, name));

export function writeWorld(folder: string, name: string, content: WorldFile): string {
	fs.mkdirSync(folder, { recursive: true });
	const file = path.join(folder, `${name.replace(/\W+/g, '-').toLowerCase()}.json`);
	fs.writeFileSync(file, `${JSON.stringify(content, null, '\t')}\n`);
	return file;
}
