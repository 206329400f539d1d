import { hashOf } from '../support/dedupe';
import { Cluster, GRACE_SECONDS } from './support/cluster';
import { acceptedFor, find, mobilesOf, reasonsOf, rowsOf, seconds } from './support/records';
import type { SavedWorkflow } from '../support/n8nTypes';
import { recipients, type Recipient } from './support/workflows';

/** The ledger keeps the tag of a batch, up to 10 characters: so it tells which process sent it. */
const TELL_PROCESS = { tag: '={{ $env.PROCESS_NAME }}' };
/** Six requests for 30 people, one after the other. */
const SIX_REQUESTS = { ...TELL_PROCESS, batchSize: 5, concurrency: 1 };

describe('n8n 2.x in queue mode', () => {
	let cluster: Cluster;

	beforeAll(async () => {
		cluster = await Cluster.start('main');
	}, 900_000);
	afterAll(() => cluster?.stop(), 120_000);

	const acceptedOf = (people: Recipient[]) => acceptedFor(cluster.sandbox, people);

	/** Every request is accepted at once and answered late. */
	const answerLate = (ms: number) =>
		cluster.sandbox.fault({ kind: 'delayAfterAccepting', path: '/v1/messages/batch', ms, times: 'always' });

	/** Starts an execution and waits until its second request is accepted and not yet answered. */
	async function untilSecondRequest(workflow: SavedWorkflow, people: Recipient[]) {
		const id = await cluster.begin(workflow, people);
		const accepted = await find('the second request', () => acceptedOf(people)[9] && acceptedOf(people));
		return { id, worker: String(accepted[0].tag) };
	}

	test('a batch through a production webhook is sent by a worker', async () => {
		const people = recipients(1000, 250);
		const workflow = await cluster.publish('production', {
			answer: 'lastNode',
			options: { ...TELL_PROCESS, batchSize: 100 },
		});
		const answer = await cluster.webhooks.callWebhook(workflow.name, { recipients: people });
		expect(answer.status).toBe(200);
		expect(mobilesOf(answer.body)).toEqual(mobilesOf(people));

		const [{ id }] = await cluster.client.listExecutions(workflow.id);
		const execution = await cluster.client.waitForExecution(id);
		expect(execution.status).toBe('success');
		const { sent, failed, unknown } = rowsOf(execution);
		expect([failed, unknown]).toEqual([[], []]);
		const ledger = acceptedOf(people);
		expect(sent.map(({ msg_id }) => msg_id).sort()).toEqual(ledger.map(({ msg_id }) => msg_id).sort());
		expect(mobilesOf(ledger)).toEqual(mobilesOf(people));
		expect(new Set(ledger.map(({ request }) => request)).size).toBe(3);

		const [worker, ...others] = cluster.whoRan(id);
		expect(worker).toMatch(/^worker-/);
		expect(others).toEqual([]);
		expect(new Set(ledger.map(({ tag }) => tag))).toEqual(new Set([worker]));
	});

	test('a manual run is sent by a worker, too', async () => {
		const people = recipients(2000, 3);
		const workflow = await cluster.publishManual('manual', people, { options: TELL_PROCESS });
		const execution = await cluster.client.run(workflow, 'Start');
		expect(execution.status).toBe('success');
		expect(mobilesOf(rowsOf(execution).sent)).toEqual(mobilesOf(people));
		const tags = acceptedOf(people).map(({ tag }) => tag);
		expect(tags).toEqual(new Array(3).fill(expect.stringMatching(/^worker-/)));
		expect(cluster.whoRan(execution.id)).toEqual([tags[0]]);
	});

	test('20 executions at once are spread over both workers; everybody is sent to once, also when all come again', async () => {
		const workflow = await cluster.publish('rush', {
			answer: 'lastNode',
			options: { ...TELL_PROCESS, batchSize: 3, sendOnceKey: '={{ $json.id }}' },
		});
		const groups = Array.from({ length: 20 }, (_, index) => recipients(3000 + index * 5, 5));
		const callAll = () =>
			Promise.all(groups.map((people) => cluster.webhooks.callWebhook(workflow.name, { recipients: people })));
		const started = Date.now();
		const answers = await callAll();
		const took = seconds(started);
		answers.forEach(({ status, body }, index) => {
			expect(status).toBe(200);
			expect(mobilesOf(body)).toEqual(mobilesOf(groups[index]));
		});
		const accepted = acceptedOf(groups.flat());
		expect(mobilesOf(accepted)).toEqual(mobilesOf(groups.flat()));
		const byWorker = ['worker-1', 'worker-2'].map((name) => accepted.filter(({ tag }) => tag === name).length);
		expect(byWorker[0]).toBeGreaterThan(0);
		expect(byWorker[1]).toBeGreaterThan(0);
		expect(byWorker[0] + byWorker[1]).toBe(100);

		// n8n's store has no lock: unguarded, four fifths of the keys and notes were lost here.
		const notes = (await cluster.remembered(workflow, 'workflow')).length;
		const keys = groups.flat().map(({ id }) => hashOf(`once:${id}`));
		const keptKeys = async () => {
			const kept = new Set(await cluster.remembered(workflow, 'node'));
			return keys.filter((key) => kept.has(key)).length;
		};
		const atOnce = await keptKeys();
		// What a worker undid that paused between reading and writing is written again two seconds later.
		await find('100 keys', async () => (await keptKeys()) === 100, 10_000);
		await callAll();
		expect(acceptedOf(groups.flat())).toHaveLength(accepted.length);
		expect(await cluster.client.listExecutions(workflow.id)).toHaveLength(40);
		note(
			`20 executions at once: ${took}, by worker ${byWorker.join(' and ')}, ${notes} of 40 notes and ${atOnce} of 100 keys kept at once, nobody sent to again`,
		);
	});

	test('18 large batches at once: their keys are looked up by marks, and nobody is sent to again when all come again', async () => {
		const workflow = await cluster.publish('large', {
			answer: 'lastNode',
			options: { ...TELL_PROCESS, sendOnceKey: '={{ $json.id }}' },
		});
		// No number among them has an ending that the sandbox refuses.
		const groups = Array.from({ length: 18 }, (_, index) => recipients(20_100 + index * 500, 500));
		const callAll = () =>
			Promise.all(groups.map((people) => cluster.webhooks.callWebhook(workflow.name, { recipients: people })));
		const answers = await callAll();
		expect(answers.map(({ status, body }) => [status, mobilesOf(body)])).toEqual(
			groups.map((people) => [200, mobilesOf(people)]),
		);
		const accepted = acceptedOf(groups.flat());
		expect(mobilesOf(accepted)).toEqual(mobilesOf(groups.flat()));
		const byWorker = ['worker-1', 'worker-2'].map((name) => accepted.filter(({ tag }) => tag === name).length);
		expect(Math.min(...byWorker)).toBeGreaterThan(0);
		await callAll();
		const doubles = acceptedOf(groups.flat()).length - accepted.length;
		note(`18 batches of 500 at once: by worker ${byWorker.join(' and ')}, ${doubles} sent again`);
		expect(doubles).toBe(0);
	});

	test('20 executions at once without keys: everybody is sent to once, and all notes for the case of a crash are kept', async () => {
		const workflow = await cluster.publish('unkeyed', {
			answer: 'lastNode',
			options: { ...TELL_PROCESS, batchSize: 3 },
		});
		const groups = Array.from({ length: 20 }, (_, index) => recipients(7000 + index * 5, 5));
		const answers = await Promise.all(
			groups.map((people) => cluster.webhooks.callWebhook(workflow.name, { recipients: people })),
		);
		const ended = Date.now();
		expect(answers.map(({ status, body }) => [status, mobilesOf(body)])).toEqual(
			groups.map((people) => [200, mobilesOf(people)]),
		);
		expect(mobilesOf(acceptedOf(groups.flat()))).toEqual(mobilesOf(groups.flat()));
		// These runs do not wait for it.
		const kept = async () => (await cluster.remembered(workflow, 'workflow')).length;
		const atOnce = await kept();
		await find('20 notes', async () => (await kept()) === 20, 10_000);
		note(`20 executions at once without keys: ${atOnce} of 20 notes kept at once, all after ${seconds(ended)}`);
	});

	test('SIGTERM in mid-batch: the worker finishes what it began, and all of it is on record', async () => {
		const people = recipients(4000, 30);
		const workflow = await cluster.publish('terminated', { options: SIX_REQUESTS });
		answerLate(800);
		const { id, worker } = await untilSecondRequest(workflow, people);
		const started = Date.now();
		cluster.process(worker).kill('SIGTERM');
		const end = await cluster.process(worker).exited;
		note(`SIGTERM: ${worker} ended after ${seconds(started)}`);
		cluster.sandbox.clearFaults();

		expect(end).toEqual({ code: 0, signal: null });
		const execution = await cluster.client.waitForExecution(id);
		expect(execution.status).toBe('success');
		const { sent, failed, unknown } = rowsOf(execution);
		expect([failed, unknown]).toEqual([[], []]);
		expect(mobilesOf(sent)).toEqual(mobilesOf(people));
		expect(mobilesOf(acceptedOf(people))).toEqual(mobilesOf(people));
		expect(new Set(acceptedOf(people).map(({ tag }) => tag))).toEqual(new Set([worker]));
		await cluster.startProcess('worker-3', 'worker');
	});

	/** Two ways to die in mid-batch. The second one's requests take longer than n8n waits for a worker to finish. */
	const deaths: Array<[death: string, people: Recipient[], ms: number, successor: string]> = [
		['SIGKILL', recipients(5000, 30), 4_000, 'worker-4'],
		['SIGTERM without enough time', recipients(6000, 30), GRACE_SECONDS * 1_000 + 5_000, 'worker-5'],
	];
	test.each(deaths)(
		'%s: the execution fails and stays so; with a Send Once Key it can be run again',
		async (death, people, ms, successor) => {
			const name = `died-${ms}`;
			const workflow = await cluster.publish(name, { options: { ...SIX_REQUESTS, sendOnceKey: '={{ $json.id }}' } });
			answerLate(ms);
			const { id, worker } = await untilSecondRequest(workflow, people);
			const signalled = Date.now();
			cluster.process(worker).kill(death.split(' ')[0] as NodeJS.Signals);
			await cluster.process(worker).exited;
			const ended = seconds(signalled);
			cluster.sandbox.clearFaults();
			await cluster.startProcess(successor, 'worker');

			const execution = await cluster.client.waitForExecution(id, 150_000);
			note(
				`${death}: the worker ended after ${ended}, the execution as "${execution.status}" after ${seconds(signalled)}`,
			);
			expect(execution.status).toMatch(/^(error|crashed)$/);
			expect(execution.runData).toEqual({});
			const firstTen = mobilesOf(people).slice(0, 10);
			expect(mobilesOf(acceptedOf(people))).toEqual(firstTen);

			// n8n's own Retry has nothing to go on: what the webhook received died with the worker.
			const retry = await cluster.client.request<{ status: string }>('POST', `/rest/executions/${id}/retry`, {
				loadWorkflow: true,
			});
			expect(retry.status).toBe('error');
			expect(mobilesOf(acceptedOf(people))).toEqual(firstTen);

			const second = await cluster.client.waitForExecution(await cluster.begin(workflow, people));
			expect(second.status).toBe('success');
			const { sent, failed, unknown } = rowsOf(second);
			expect(reasonsOf(failed)).toEqual({ "Already sent: this 'Send Once Key' was used before": 10 });
			expect(mobilesOf(failed)).toEqual(firstTen);
			expect(failed.map((row) => row.safe_to_retry)).toEqual(new Array(10).fill(false));
			expect(mobilesOf(sent)).toEqual(mobilesOf(people).slice(10));
			expect(unknown).toEqual([]);
			expect(mobilesOf(acceptedOf(people))).toEqual(mobilesOf(people));
			// n8n started nothing by itself: the one that died, the retry, the one started here.
			expect(await cluster.client.listExecutions(workflow.id)).toHaveLength(3);
		},
	);

	/** A measured fact, for whoever reads the run's output. */
	function note(text: string) {
		process.stdout.write(`  queue, n8n 2.x: ${text}\n`);
	}
});
