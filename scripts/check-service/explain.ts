import { keyOf } from './answer';
import { answersOf, type Answers, type Prediction } from './predict';
import { positionText, type Position } from './positions';
import type { Step } from './script';

/** One step beside what the sandbox says. */
export interface Finding {
	step: Step;
	/** What the sandbox says with its switches where they start; absent: it did not come this far. */
	expected?: Step;
	verdict: 'agrees' | 'differs' | 'open';
	/** Of `open`: why. */
	reason?: string;
	/** Of `differs`: the switches that make the sandbox say the same; empty: none does. */
	switches: string[];
}

export interface Explanation {
	findings: Finding[];
	/** Where the switches of the sandbox have to stand; several in one entry would answer alike. */
	switches: string[][];
	/** Names of the switches whose position shows in these answers. */
	telling: ReadonlySet<string>;
}

/** Codes that tell about the account, wherever they come. */
const ACCOUNT_CODES: readonly unknown[] = [50008, 50009, 50014, 50036, 50046, 50051];

/**
 * Finds the switches that make the sandbox answer like the service: again and again the one that explains most of what
 * is not explained yet, without spoiling what is.
 */
export async function explain(steps: readonly Step[], prediction: Prediction): Promise<Explanation> {
	const { single } = prediction;
	const expected = new Map(prediction.usual.map((step) => [step.id, step]));
	const usual = answersOf(prediction.usual);
	const counted = steps.filter((step) => expected.has(step.id) && isTelling(step));
	const scoreOf = (answers: Answers) => counted.filter((step) => says(answers, step)).length;

	const isSame = (one: Answers, other: Answers) => counted.every(({ id }) => one.get(id) === other.get(id));

	const chosen: Position[] = [];
	const switches: string[][] = [];
	let answers: Answers = usual;
	for (;;) {
		const left = counted.filter((step) => !says(answers, step));
		const tried: Array<{ position: Position; answers: Answers; score: number }> = [];
		for (const [position, alone] of single) {
			if (chosen.some(({ name }) => name === position.name)) continue;
			// A switch that does not touch what is left cannot explain it.
			if (!left.some(({ id }) => alone.get(id) !== usual.get(id))) continue;
			const given = chosen.length === 0 ? alone : answersOf(await prediction.steps([...chosen, position]));
			tried.push({ position, answers: given, score: scoreOf(given) });
		}
		const best = tried.reduce((a, b) => (b.score > a.score ? b : a), tried[0]);
		if (!best || best.score <= scoreOf(answers)) break;
		const alike = tried.filter((one) => isSame(one.answers, best.answers));
		chosen.push(best.position);
		switches.push(alike.map(({ position }) => positionText(position)));
		answers = best.answers;
	}

	const switchesOf = (step: Step) =>
		says(answers, step)
			? chosen.flatMap((position, index) =>
					single.get(position)?.get(step.id) === usual.get(step.id) ? [] : [switches[index].join(' or ')],
				)
			: [];
	// One switch can hide another: a batch refused as a whole has no rows whose order could be seen.
	const telling = new Set(chosen.map(({ name }) => name));
	for (const [position, alone] of single) {
		if (telling.has(position.name)) continue;
		const touched = counted.filter(({ id }) => alone.get(id) !== usual.get(id));
		const shows =
			touched.some(({ id }) => answers.get(id) === usual.get(id)) ||
			(touched.length > 0 && !isSame(answersOf(await prediction.steps([...chosen, position])), answers));
		if (shows) telling.add(position.name);
	}
	return {
		findings: steps.map((step) => ({
			step,
			expected: expected.get(step.id),
			...verdictOf(step, usual, answers),
			switches: switchesOf(step),
		})),
		switches,
		telling,
	};
}

const says = (answers: Answers, { id, answer }: Step) => answers.get(id) === keyOf(answer);

/** Whether the answer can say anything about the service. */
function isTelling({ answer, fine, open }: Step): boolean {
	return open === undefined && answer.status !== undefined && !fine.some((code) => code === answer.code);
}

function verdictOf(step: Step, usual: Answers, answers: Answers): Pick<Finding, 'verdict' | 'reason'> {
	const { answer, fine, open } = step;
	if (says(usual, step)) return { verdict: 'agrees' };
	if (open !== undefined) return { verdict: 'open', reason: open };
	if (answer.status === undefined) return { verdict: 'open', reason: `no response: ${answer.shape}` };
	if (fine.some((code) => code === answer.code)) {
		return { verdict: 'open', reason: `${answer.code} ${answer.message} depends on the account` };
	}
	if (ACCOUNT_CODES.includes(answer.code) && !says(answers, step)) {
		return { verdict: 'open', reason: `${answer.code} ${answer.message} tells about the account` };
	}
	return { verdict: 'differs' };
}
