import { Cluster } from './support/cluster';
import { acceptedFor, find, mobilesOf, rowsOf, seconds } from './support/records';
import type { Execution } from '../../scripts/n8n/client';
import type { SavedWorkflow } from '../support/n8nTypes';
import { recipients, type Recipient, type SendingOptions } from './support/workflows';

type Case = 'batch' | 'changing' | 'keyed' | 'single';

const SIX_REQUESTS = { batchSize: 5, concurrency: 1 };

describe('n8n 1.x in queue mode runs the executions of a killed worker again, under the same ids', () => {
	let cluster: Cluster;
	const acceptedOf = (people: Recipient[]) => acceptedFor(cluster.sandbox, people);

	/** What was under way when the worker died. */
	const cases: Record<Case, { people: Recipient[] } & Partial<SendingOptions>> = {
		batch: { people: recipients(1000, 30), options: SIX_REQUESTS },
		// Reads differently at every run: nothing of the second try looks like the first.
		changing: { people: recipients(2000, 30), options: SIX_REQUESTS, number: '={{ $now.toMillis() }}' },
		keyed: { people: recipients(3000, 30), options: { ...SIX_REQUESTS, sendOnceKey: '={{ $json.id }}' } },
		single: { people: recipients(4000, 6), operation: 'send', options: { concurrency: 1 } },
	};
	/** Executions by case, after the second try. */
	const executions = {} as Record<Case, Execution>;
	/** Numbers accepted before the worker died, by case. */
	const before = {} as Record<Case, string[]>;
	const names = Object.keys(cases) as Case[];

	beforeAll(async () => {
		cluster = await Cluster.start('compat');
		const workflows = {} as Record<Case, SavedWorkflow>;
		for (const name of names) {
			workflows[name] = await cluster.publish(name, { ...cases[name], people: undefined });
		}
		// All executions on one worker, so that one death interrupts them all.
		await cluster.process('worker-2').stop();
		cluster.sandbox.fault({ kind: 'delayAfterAccepting', path: '/v1/messages*', ms: 5_000, times: 'always' });
		const ids = {} as Record<Case, string>;
		for (const name of names) ids[name] = await cluster.begin(workflows[name], cases[name].people);
		for (const name of names) {
			const { people } = cases[name];
			await find(`two requests of ${name}`, () => new Set(acceptedOf(people).map((entry) => entry.request)).size >= 2);
		}
		const worker = cluster.process('worker-1');
		worker.kill('SIGKILL');
		await worker.exited;
		const killed = Date.now();
		cluster.sandbox.clearFaults();
		for (const name of names) before[name] = mobilesOf(acceptedOf(cases[name].people));
		await cluster.startProcess('worker-3', 'worker');
		for (const name of names) {
			executions[name] = await cluster.client.waitForExecution(ids[name], 120_000);
			process.stdout.write(
				`  queue, n8n 1.x: "${name}" ended a second time ${seconds(killed)} after SIGKILL: ${executions[name].status}\n`,
			);
		}
	}, 1_200_000);
	afterAll(() => cluster?.stop(), 120_000);

	test.each(names)('%s: the same execution was run by both workers', (name) => {
		expect(cluster.whoRan(executions[name].id)).toEqual(['worker-1', 'worker-3']);
		expect(executions[name].status).toBe('success');
	});

	test.each(['batch', 'changing'] as const)(
		'a batch without keys (%s): everybody is unknown, and nothing is sent again',
		(name) => {
			const { people } = cases[name];
			const { sent, failed, unknown } = rowsOf(executions[name]);
			expect(before[name]).toHaveLength(10);
			expect(mobilesOf(acceptedOf(people))).toEqual(before[name]);
			expect([sent, failed]).toEqual([[], []]);
			expect(mobilesOf(unknown)).toEqual(mobilesOf(people));
			expect(unknown.map((row) => row.safe_to_retry)).toEqual(people.map(() => false));
		},
	);

	test('a batch with a Send Once Key: used keys are unknown and not sent again, the others are sent', () => {
		const { people } = cases.keyed;
		const { sent, failed, unknown } = rowsOf(executions.keyed);
		expect(mobilesOf(unknown)).toEqual(before.keyed);
		expect(failed).toEqual([]);
		expect(mobilesOf(sent)).toEqual(mobilesOf(people).slice(10));
		expect(mobilesOf(acceptedOf(people))).toEqual(mobilesOf(people));
	});

	test('single messages: nobody knows how far the first try got, so all are unknown and none is sent', () => {
		const { people } = cases.single;
		const rows = executions.single.json('JSms');
		expect(rows).toHaveLength(people.length);
		for (const { details } of rows) expect(details).toMatchObject({ outcome: 'unknown', safe_to_retry: false });
		expect(mobilesOf(acceptedOf(people))).toEqual(before.single);
	});
});
