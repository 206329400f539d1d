import { print, real, setExitCode } from './host';
import { findOf } from './oracle/judge';
import { play, warmUp } from './play';
import { BREAKS, type Break } from './process/breaks';
import { modulesOf, type ModuleSource } from './process/modules';
import { generate } from './world/generate';

/** Worlds that a break may take. */
const MAX_WORLDS = 3000;

/**
 * Is the simulator a guard? Breaks the package in one place at a time, and looks for a world that breaks a law in a way in which
 * it does not with the package as it is.
 *
 * @param from the first seed
 * @param words only breaks with these words in their name
 */
export async function huntBreaks(from: number, words = ''): Promise<void> {
	const whole = modulesOf();
	await warmUp(whole);
	const known = new Map<number, Set<string>>();
	const missed: string[] = [];
	const began = real.now();
	const breaks = BREAKS.filter(({ name }) => name.includes(words));
	for (const one of breaks) {
		const result = await findBreak(one, from, whole, known);
		print(`${result === undefined ? 'MISSED' : 'found '} ${one.name}${result === undefined ? '' : `: ${result}`}`);
		if (result === undefined) missed.push(one.name);
	}
	const seconds = Math.round((real.now() - began) / 1000);
	print(`\nbreaks: ${breaks.length - missed.length} of ${breaks.length} found in ${seconds} s`);
	if (missed.length > 0) setExitCode(1);
}

/** Loads everything before a world runs: there an error would be one of a simulated process. */
function loadAll(broken: ModuleSource, { file }: Break): void {
	for (const knobs of ['real', 'small'] as const) {
		const { pollTrigger, webhookTrigger, verificationTrigger } = broken.fresh(knobs);
		for (const load of [pollTrigger, webhookTrigger, verificationTrigger]) load();
	}
	if (broken.unused().length > 0) throw new Error(`No node loads ${file}`);
}

async function findBreak(
	one: Break,
	from: number,
	whole: ModuleSource,
	known: Map<number, Set<string>>,
): Promise<string | undefined> {
	const broken = modulesOf([one]);
	loadAll(broken, one);
	for (let seed = from; seed < from + MAX_WORLDS; seed += 1) {
		const world = generate(seed);
		const finds = (await play(world, broken)).violations;
		if (finds.length === 0) continue;
		let usual = known.get(seed);
		if (!usual) known.set(seed, (usual = new Set((await play(world, whole)).violations.map(findOf))));
		const fresh = finds.find((find) => !usual.has(findOf(find)));
		if (fresh) return `seed ${seed}, world ${seed - from + 1}, law ${findOf(fresh)}`;
	}
	return undefined;
}
