import { startSandbox } from '../../sandbox';
import { keyOf } from './answer';
import { POSITIONS, type Position } from './positions';
import type { Script, Step } from './script';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Answers by step. */
export type Answers = ReadonlyMap<string, string>;

const APPLICATION = { key: 'exampleappkey00000000001', secret: 'dummymastersecret0000001' };
const DEVELOPER = { key: 'exampledevkey00000000001', secret: 'dummydevsecret0000000001' };

export interface Prediction {
	/** What the sandbox says with its switches where they start. */
	usual: Step[];
	/** What it says with one switch alone in another position, where that shows. */
	single: ReadonlyMap<Position, Answers>;
	/** What it says with several switches in other positions. */
	steps(positions: readonly Position[]): Promise<Step[]>;
	close(): Promise<void>;
}

/**
 * Runs a script against a sandbox of its own.
 * @param withDeveloper whether the script has developer keys, too
 * @param prepare puts in place what the account of the real service has
 */
export async function predict(
	script: Script,
	withDeveloper: boolean,
	prepare: (sandbox: Sandbox) => void = () => {},
): Promise<Prediction> {
	const sandbox = await startSandbox();
	const { baseUrl } = sandbox;
	const service = { baseUrl, application: APPLICATION, ...(withDeveloper && { developer: DEVELOPER }) };
	const steps = async (positions: readonly Position[]) => {
		sandbox.reset();
		for (const { name, value } of positions) Object.assign(sandbox.settings, { [name]: value });
		// What the sandbox makes of certain numbers is its own invention.
		sandbox.settings.magicEndings = false;
		prepare(sandbox);
		return await script(service, async (ms) => sandbox.advance(ms));
	};
	const usual = await steps([]);
	const single = new Map<Position, Answers>();
	for (const position of POSITIONS) {
		const answers = answersOf(await steps([position]));
		if (!isSame(answers, answersOf(usual))) single.set(position, answers);
	}
	return { usual, single, steps, close: () => sandbox.close() };
}

export function answersOf(steps: readonly Step[]): Answers {
	return new Map(steps.map(({ id, answer }) => [id, keyOf(answer)]));
}

function isSame(one: Answers, other: Answers): boolean {
	return one.size === other.size && [...one].every(([id, answer]) => other.get(id) === answer);
}
