import { plainNode } from '../world/makeNode';
import { plainPerson } from '../world/makePeople';
import { EXPRESSION } from '../world/expressions';
import type { NodePlan, Step, World } from '../world/types';

/** Worlds that are a little simpler than this one, the boldest first. */
export function* smaller(world: World): Generator<World> {
	const changed = (change: (copy: World) => void) => {
		const copy = structuredClone(world);
		change(copy);
		return copy;
	};
	const removals = [
		...world.steps.map((_, index) => (copy: World) => void copy.steps.splice(index, 1)).reverse(),
		...faultRemovals(world),
		...nodeRemovals(world),
		...optionRemovals(world),
	];
	for (const change of removals) yield changed(change);
	for (let index = world.people.length - 1; index >= 0 && world.people.length > 1; index -= 1) {
		const copy = changed((one) => removePerson(one, index));
		if (copy.steps.length > 0) yield copy;
	}
	for (const change of [...faultMoves(world), ...stepChanges(world), ...nodeChanges(world), ...plainValues(world)]) {
		yield changed(change);
	}
}

type Change = (copy: World) => void;

function faultRemovals(world: World): Change[] {
	return [
		...Object.keys(world.store.faults).map((call) => (copy: World) => void delete copy.store.faults[Number(call)]),
		...Object.keys(world.service.faults).map(
			(request) => (copy: World) => void delete copy.service.faults[Number(request)],
		),
	];
}

/** Faults at the first call are easier to follow than at the ninth. */
function faultMoves(world: World): Change[] {
	const move = (part: 'store' | 'service') =>
		Object.keys(world[part].faults).flatMap((name) => {
			const place = Number(name);
			const earlier = [...new Set([0, 1, place - 1])].filter(
				(to) => to >= 0 && to < place && !(to in world[part].faults),
			);
			return earlier.map((to) => (copy: World) => {
				const faults: Record<number, unknown> = copy[part].faults;
				faults[to] = faults[place];
				delete faults[place];
			});
		});
	return [...move('store'), ...move('service')];
}

function nodeRemovals(world: World): Change[] {
	const changes: Change[] = [];
	if (world.workflows.length > 1) {
		changes.push((copy) => {
			copy.workflows.pop();
			for (const step of copy.steps) if ('workflow' in step) step.workflow = 0;
		});
	}
	world.workflows.forEach(({ nodes, loop }, index) => {
		if (nodes.length > 1) {
			changes.push(
				(copy) => void copy.workflows[index].nodes.pop(),
				(copy) => void copy.workflows[index].nodes.shift(),
			);
		}
		if (loop !== undefined) changes.push((copy) => void delete copy.workflows[index].loop);
	});
	return changes;
}

function optionRemovals(world: World): Change[] {
	return eachNode(world, ({ options }) =>
		Object.keys(options).map((name) => (node: NodePlan) => void delete node.options[name]),
	);
}

function eachNode(world: World, changesOf: (node: NodePlan) => Array<(node: NodePlan) => void>): Change[] {
	return world.workflows.flatMap(({ nodes }, workflow) =>
		nodes.flatMap((node, position) =>
			changesOf(node).map((change) => (copy: World) => change(copy.workflows[workflow].nodes[position])),
		),
	);
}

function nodeChanges(world: World): Change[] {
	const plain = plainNode();
	return eachNode(world, (node) => {
		const names = (Object.keys(plain) as Array<keyof NodePlan>).filter((name) => name !== 'options');
		const changes = names
			.filter((name) => node[name] !== plain[name])
			.map((name) => (one: NodePlan) => void Object.assign(one, { [name]: plain[name] }));
		const { sendOnceKey } = node.options;
		if (sendOnceKey !== undefined && sendOnceKey !== EXPRESSION.key) {
			changes.push((one) => void (one.options.sendOnceKey = EXPRESSION.key));
		}
		return changes;
	});
}

function removePerson(world: World, index: number): void {
	world.people.splice(index, 1);
	for (const step of world.steps) {
		if (step.do !== 'run') continue;
		step.people = step.people.filter((one) => one !== index).map((one) => (one > index ? one - 1 : one));
	}
	world.steps = world.steps.filter((step) => step.do !== 'run' || step.people.length > 0);
}

function stepChanges(world: World): Change[] {
	return world.steps.flatMap((step, index) => {
		const set = (values: Partial<Step>) => (copy: World) => void Object.assign(copy.steps[index], values);
		const changes: Change[] = [];
		if (step.do === 'run' && step.people.length > 1) {
			for (const person of step.people) changes.push(set({ people: step.people.filter((one) => one !== person) }));
		}
		if (step.do === 'filler') {
			if (step.count > 1) changes.push(set({ count: step.count >> 1 }), set({ count: step.count - 1 }));
			if (step.keyed) changes.push(set({ keyed: false }));
		}
		if (step.gap > 0) changes.push(set({ gap: 0 }));
		if (step.do === 'crash' && step.delay > 0) changes.push(set({ delay: 0 }));
		if ('process' in step && step.process > 0) changes.push(set({ process: 0 }));
		if (step.after === 'start' && index > 0) changes.push(set({ after: 'end' }));
		return changes;
	});
}

function plainValues(world: World): Change[] {
	const changes: Change[] = [];
	if (world.store.ms > 1) changes.push((copy) => void (copy.store.ms = 1));
	if (world.service.ms > 2) changes.push((copy) => void (copy.service.ms = 2));
	if (world.knobs !== 'real') changes.push((copy) => void (copy.knobs = 'real'));
	world.people.forEach((person, index) => {
		if (person.more) changes.push((copy) => void delete copy.people[index].more);
		const plain = plainPerson(index);
		if (JSON.stringify(plain) !== JSON.stringify(person)) changes.push((copy) => void (copy.people[index] = plain));
	});
	return changes;
}
