import { isOver } from '../history';
import { EXPRESSION } from '../world/expressions';
import { plainNode } from '../world/makeNode';
import { plainPerson } from '../world/makePeople';
import { isBatch, SENDING, STABLE_KEYS } from '../world/people';
import type { NodePlan, WorkflowPlan } from '../world/types';
import type { Executions } from './executions';
import type { Stage } from './stage';
import type { Triggers } from './triggers';
import type { Visit, Visitors } from './visitors';

const PROBE_MS = 60_000;
const HEALING_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A number that no step uses. */
const HEALTHY = 1000;

/** Runs without anything that could be wrong: others between those of the world, and what is tried once everything works again. */
export class Probes {
	#fillers = 0;

	constructor(
		private readonly stage: Stage,
		private readonly executions: Executions,
		private readonly triggers: Triggers,
		private readonly visitors: Visitors,
	) {}

	/** Short runs of other people, one after the other. */
	async fill(process: number, workflow: number, count: number, keyed: boolean): Promise<void> {
		const plan = plainWorkflow(this.stage.world.workflows[workflow], keyed ? () => EXPRESSION.key : undefined);
		for (let left = count; left > 0; left -= 1) {
			const number = this.#fillers++;
			const person = plainPerson(number, `139${10000000 + number}`, `f${number}`);
			const run = this.executions.begin(`f${number}`, 'filler', process, workflow, [person], { plan });
			if (!(await this.stage.wait(() => isOver(run), PROBE_MS * 2))) return;
		}
	}

	/** Every living process runs once more, everybody with a key in a fresh one, and triggers go on. */
	async probeAll(): Promise<void> {
		const { polls } = this.triggers;
		const visits = [...this.visitors.visits];
		for (const process of this.stage.living()) await this.#probeProcess(process);
		for (const [position, plan] of this.stage.world.workflows.entries()) await this.#heal(position, plan);
		for (const process of new Set(polls.map((one) => one.process))) await this.#probePolling(process);
		await this.#probeVisits(visits);
	}

	/** A run like any other in a process that has been through the world. */
	async #probeProcess(process: number): Promise<void> {
		const person = plainPerson(process, `137${String(process).padStart(8, '0')}`, `probe${process}`);
		const plan = plainWorkflow(this.stage.world.workflows[0], () => EXPRESSION.key);
		const run = this.executions.begin(`probe${process}`, 'probe', process, 0, [person], { plan });
		await this.stage.wait(() => isOver(run), PROBE_MS);
	}

	/** A process that polled goes on doing so: what comes now is read. The first poll may still tell of an earlier failure. */
	async #probePolling(process: number): Promise<void> {
		if (this.stage.isDead(process)) return;
		const told = this.triggers.poll(process, 'update', {});
		await this.stage.wait(() => told.end !== undefined, PROBE_MS);
		await this.stage.clock.sleep(PROBE_MS, 'world');
		const run = this.triggers.poll(process, 'update', { record: this.stage.service.inbox.add('report') });
		await this.stage.wait(() => run.end !== undefined, PROBE_MS);
	}

	/** Somebody new can verify a number where others did; a day later those others can, too. */
	async #probeVisits(visits: readonly Visit[]): Promise<void> {
		for (const process of new Set(visits.map((one) => one.process))) {
			await this.#verify(process, 900 + process, 'somebodyNew');
		}
		if (visits.length > 0) await this.stage.clock.sleep(DAY_MS, 'world');
		const seen = new Map(visits.map((one) => [`${one.process}/${one.visitor}`, one]));
		for (const { process, visitor } of seen.values()) await this.#verify(process, visitor, 'again');
	}

	async #verify(process: number, visitor: number, probe: Visit['probe']): Promise<void> {
		if (this.stage.isDead(process)) return;
		for (const wish of ['code', 'check'] as const) {
			const visit = this.visitors.request({ process, visitor, wish, startFails: false }, probe);
			await this.stage.wait(() => visit === undefined || visit.end !== undefined, PROBE_MS);
		}
		// The next process may be asked for the same number.
		await this.stage.clock.sleep(PROBE_MS, 'world');
	}

	/** Everybody with a key once more, in a process that has seen nothing. */
	async #heal(workflow: number, { nodes }: WorkflowPlan): Promise<void> {
		const isKeyed = (node: NodePlan) =>
			STABLE_KEYS.includes(node.options.sendOnceKey) && SENDING.includes(node.operation);
		if (!nodes.some(isKeyed)) return;
		const plan = plainWorkflow({ nodes }, (node) => (isKeyed(node) ? node.options.sendOnceKey : undefined));
		const run = this.executions.begin(`heal${workflow}`, 'heal', HEALTHY, workflow, this.stage.world.people, { plan });
		await this.stage.wait(() => isOver(run), HEALING_MS);
	}
}

/**
 * The same nodes, without anything that could be wrong.
 * @param keyOf gives a node's Send Once Key
 */
function plainWorkflow({ nodes }: WorkflowPlan, keyOf: ((node: NodePlan) => unknown) | undefined): WorkflowPlan {
	return {
		nodes: nodes.map((node) => {
			const operation = SENDING.includes(node.operation) ? node.operation : 'send';
			const key = keyOf?.(node);
			return {
				...plainNode(operation),
				recipientsFrom: isBatch(operation) ? node.recipientsFrom : 'inputItems',
				onError: 'continueRegularOutput',
				options: key === undefined ? {} : { sendOnceKey: key },
			};
		}),
	};
}
