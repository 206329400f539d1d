import { judge, findOf, type Judgement } from './oracle/judge';
import type { ModuleSource } from './process/modules';
import { shrink, type Shrunk } from './shrink/shrink';
import type { History } from './history';
import { simulate } from './simulate';
import type { World } from './world/types';
import { generate } from './world/generate';

export interface Played extends Judgement {
	history: History;
}

export async function play(world: World, modules: ModuleSource): Promise<Played> {
	const history = await simulate(world, modules);
	return { history, ...judge(history) };
}

/**
 * Runs a world and forgets it. n8n loads parts of itself when they are first needed, and draws random numbers then: the first
 * world would differ from its repetition.
 */
export async function warmUp(modules: ModuleSource): Promise<void> {
	await play(generate(0), modules);
}

/** Makes a world smaller that breaks a law in a certain way. */
export async function shrinkFind(world: World, find: string, modules: ModuleSource, budget = 300): Promise<Shrunk> {
	const shows = async (candidate: World) =>
		(await play(candidate, modules)).violations.some((violation) => findOf(violation) === find);
	return await shrink(world, shows, budget);
}
