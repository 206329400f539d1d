import { Gauges, ingredientsOf } from './gauges';
import { print, real } from './host';
import { findOf } from './oracle/judge';
import type { Exemption } from './oracle/exemptions';
import type { ModuleSource } from './process/modules';
import { play, shrinkFind } from './play';
import { generate } from './world/generate';
import { writeWorld } from './worldFile';

export interface Hunt {
	from: number;
	seconds: number;
	/** Worlds at most. */
	count?: number;
	/** Where the worlds of finds go. */
	folder: string;
}

export interface Catch {
	worlds: number;
	/** Seeds of each find. */
	finds: Map<string, number[]>;
	gauges: Gauges;
	exempted: Map<Exemption, number>;
	/** CPU time without shrinking, in milliseconds. */
	cpuMs: number;
}

/** Runs fresh worlds until the time is over; the first world of each find is shrunk and kept in a file. */
export async function hunt({ from, seconds, count = Infinity, folder }: Hunt, modules: ModuleSource): Promise<Catch> {
	const got: Catch = { worlds: 0, finds: new Map(), gauges: new Gauges(), exempted: new Map(), cpuMs: 0 };
	const until = real.now() + seconds * 1000;
	let progress = real.now() + 10_000;
	for (let seed = from; real.now() < until && got.worlds < count; seed += 1) {
		const began = real.cpuMs();
		const world = generate(seed);
		const { history, violations, exempted } = await play(world, modules);
		got.cpuMs += real.cpuMs() - began;
		got.worlds += 1;
		got.gauges.count(ingredientsOf(world, history));
		for (const [name, times] of Object.entries(exempted) as Array<[Exemption, number]>) {
			got.exempted.set(name, (got.exempted.get(name) ?? 0) + times);
		}
		for (const find of new Set(violations.map(findOf))) {
			const seeds = got.finds.get(find);
			if (seeds) {
				seeds.push(seed);
				continue;
			}
			got.finds.set(find, [seed]);
			const text = violations.find((one) => findOf(one) === find)?.text ?? '';
			print(`\nseed ${seed} breaks law ${find}: ${text}`);
			const shrunk = await shrinkFind(world, find, modules);
			const file = writeWorld(folder, `${find} ${seed}`, { label: '', find, seed, world: shrunk.world });
			print(`  shrunk in ${shrunk.tries} tries: ${file}`);
		}
		if (real.now() < progress) continue;
		progress = real.now() + 10_000;
		print(`${got.worlds} worlds, seed ${seed}, ${rate(got)} worlds a second of CPU time, ${got.finds.size} finds`);
	}
	return got;
}

export const rate = ({ worlds, cpuMs }: Catch) => Math.round((worlds / Math.max(1, cpuMs)) * 1000);

export function report({ worlds, finds, gauges, exempted, ...rest }: Catch): void {
	print(`\nIngredients (in how many of ${worlds} worlds):`);
	const counts = [...gauges.counts].sort(([, a], [, b]) => b - a).map(([name, times]) => `${name} ${times}`);
	print(`  ${counts.join(', ')}`);
	const missing = gauges.missingPairs();
	print(`Pairs of ingredients: ${gauges.pairs.size} came together, ${missing.length} did not`);
	if (missing.length > 0 && missing.length <= 40) print(`  ${missing.join('; ')}`);
	print(`Exemptions: ${[...exempted].map(([name, times]) => `${name} ${times}`).join(', ') || 'none'}`);
	for (const [find, seeds] of [...finds].sort()) {
		print(`  ${find}: ${seeds.length} worlds, seeds ${seeds.slice(0, 8).join(', ')}`);
	}
	const broken = [...finds.values()].reduce((sum, seeds) => sum + seeds.length, 0);
	const speed = rate({ worlds, finds, gauges, exempted, ...rest });
	print(`\n${worlds} worlds, ${broken} violations, ${speed} worlds a second of CPU time`);
	const bad = new Set([...finds.values()].flat()).size;
	print(`simulator: ${worlds - bad} passed, ${bad} failed`);
}
