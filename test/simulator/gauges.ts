import { CHANGING, EXPRESSION } from './world/expressions';
import { SENDING, STABLE_KEYS, takesLists } from './world/people';
import type { NodePlan, World } from './world/types';
import type { History } from './history';

/** What a world is made of, by name. */
export function ingredientsOf(world: World, history?: History): Set<string> {
	const found = new Set<string>();
	const add = (name: string, isThere: boolean | undefined) => {
		if (isThere) found.add(name);
	};
	for (const { nodes, loop } of world.workflows) {
		add('several nodes', nodes.length > 1);
		add('loop', loop !== undefined);
		for (const node of nodes) ofNode(node, add);
	}
	add('several workflows', world.workflows.length > 1);
	add('small constants', world.knobs === 'small');
	add(
		'somebody without a key',
		world.people.some(({ key }) => !key),
	);
	add('the same number twice', new Set(world.people.map(({ phone }) => phone)).size < world.people.length);
	add(
		'a list of several recipients',
		world.people.some(({ more }) => more !== undefined) && someNode(world, takesLists),
	);
	for (const step of world.steps) {
		add(step.do, !['run', 'crash', 'poll', 'callback', 'credential', 'visit'].includes(step.do));
		if (step.do === 'visit') found.add(`visit: ${step.wants}`);
		if (step.do === 'visit' && step.startFails) found.add('visit: n8n cannot start');
		if (step.do === 'poll') found.add(`poll: ${step.activation}`);
		if (step.do === 'callback') found.add(step.forged ? `callback: forged ${step.forged}` : 'callback');
		if (step.do === 'credential') found.add('credential gone');
		if (step.do === 'crash') found.add(step.rerun ? 'crash and re-run' : 'crash');
	}
	const processes = new Set(world.steps.map((step) => ('process' in step ? step.process : 0)));
	add('several processes', processes.size > 1);
	const callbacks = world.steps.filter((step) => step.do === 'callback').map(({ number }) => number);
	add('callback repeated', new Set(callbacks).size < callbacks.length);
	for (const odd of Object.values(world.inbox.odd)) found.add(`record: ${odd}`);
	for (const { kind } of Object.values(world.store.faults)) found.add(`store: ${kind}`);
	for (const fault of Object.values(world.service.faults)) {
		found.add(`service: ${fault.kind}${'when' in fault ? ` ${fault.when}` : ''}`);
	}
	if (history) happened(history, add);
	return found;
}

type Add = (name: string, isThere: boolean | undefined) => void;

const someNode = (world: World, test: (node: NodePlan) => boolean) =>
	world.workflows.some(({ nodes }) => nodes.some(test));

function ofNode(node: NodePlan, add: Add): void {
	const { sendOnceKey } = node.options;
	const values = [node.mobile, node.text, node.templateId, ...Object.values(node.options)];
	const isTimed = ['create', 'createBatch', 'update'].includes(node.operation);
	add(node.operation, true);
	add(`on error: ${node.onError}`, true);
	add('retry on fail', node.tries > 1);
	add('execute once', node.executeOnce);
	add('as a tool', node.tool);
	add('key', STABLE_KEYS.includes(sendOnceKey) && SENDING.includes(node.operation));
	add('one key for all', sendOnceKey === 'one-key');
	add('changing key', CHANGING.includes(String(sendOnceKey)));
	add('list', takesLists(node));
	add('throwing expression', values.includes(EXPRESSION.throws));
	add('empty expression', values.includes(EXPRESSION.missing));
	add(
		'changing value',
		[node.text, node.options.code, ...(isTimed ? [node.when] : [])].some((one) => CHANGING.includes(String(one))),
	);
	add(
		'number in a wrong field',
		[node.when, node.templateId, ...Object.values(node.options)].includes(EXPRESSION.phone),
	);
	for (const option of [
		'checkFirst',
		'checkBalance',
		'includeInput',
		'duplicateRecipients',
		'allowedHours',
		'tag',
		'timeout',
	]) {
		add(option, option in node.options);
	}
}

/** What came to pass, rather than what was planned. */
function happened({ runs, store, service }: History, add: Add): void {
	add(
		'cancelled under way',
		runs.some(({ cancelled }) => cancelled !== undefined),
	);
	add(
		'died under way',
		runs.some(({ killed }) => killed !== undefined),
	);
	add(
		'store evicted',
		store.calls.some(({ evicted }) => evicted > 0),
	);
	add(
		'something in doubt',
		service.attempts.some(({ certainty }) => certainty === 'doubt'),
	);
	add(
		'records pulled',
		service.inbox.pages.some(({ records }) => records.length > 0),
	);
	add(
		'key asked again',
		store.calls.some(({ what }) => what === 'remove'),
	);
}

/** Counts of each ingredient, and of each pair of them, in the worlds that ran. */
export class Gauges {
	readonly counts = new Map<string, number>();
	readonly pairs = new Map<string, number>();

	count(ingredients: Set<string>): void {
		const names = [...ingredients].sort();
		names.forEach((name, index) => {
			this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
			for (const other of names.slice(index + 1)) {
				const pair = `${name} + ${other}`;
				this.pairs.set(pair, (this.pairs.get(pair) ?? 0) + 1);
			}
		});
	}

	/** Pairs of ingredients that never came together, though each was there. */
	missingPairs(): string[] {
		const names = [...this.counts.keys()].sort();
		return names.flatMap((name, index) =>
			names
				.slice(index + 1)
				.map((other) => `${name} + ${other}`)
				.filter((pair) => !this.pairs.has(pair)),
		);
	}
}
