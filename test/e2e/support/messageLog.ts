import { importWorkflow } from './workflows';
import type { SavedWorkflow } from '../../support/n8nTypes';
import type { Instance } from './instance';

const HOUR = 3_600_000;
const BATCH = '/v1/messages/batch';

/** In every request of 20: one number that is refused for good, one refused for now, two whose SMS do not arrive. */
const ENDINGS: Record<number, string> = { 3: '0006', 7: '0009', 11: '4003', 15: '4004' };
const PEOPLE = Array.from({ length: 200 }, (_, index) => ({
	name: `Person ${index}`,
	mobile: `138${1000 + index}${ENDINGS[index % 20] ?? '5100'}`,
	order: `A-${1000 + index}`,
	date: '1 December',
}));

const INVALID = 'The mobile number is not valid (50006 invalid mobile)';
const TOO_MANY = 'Too many messages to this number (50009 out of freq)';

const REASONS: Record<string, string> = {
	4003: 'Not delivered: the phone is off or out of service',
	4004: 'Not delivered: the number does not exist',
};

/** What is read of a row, whichever table holds it. */
export interface LogRow {
	id: number;
	log_id: string;
	mobile: string;
	status: string;
	reason: string | null;
	msg_id: string | null;
	delivery: string | null;
}

/** A message log that the workflows of an example keep. */
export interface Log {
	/** File of the workflow that sends */
	send: string;
	/** File of the workflow that takes reports */
	reports: string;
	/** Gives the credentials that the workflows need */
	start: () => Promise<Record<string, { id: string; name: string }>>;
	/** Of the log, in the order of the sends */
	rows: () => Promise<LogRow[]>;
	/** Reports that found no row */
	left: () => Promise<LogRow[]>;
	/** A person in the table */
	change: (row: LogRow, data: Record<string, unknown>) => Promise<void>;
	/** Takes the tables away */
	clear: () => Promise<unknown>;
	end: () => Promise<void>;
}

/** Fresh tables for each test, and what the tests do with the two workflows. */
function useLog(get: () => Instance, log: Log) {
	let instance: Instance;
	let reports: SavedWorkflow;
	const run = async (workflow: SavedWorkflow, trigger: string) => {
		const execution = await instance.client.run(workflow, trigger, 240_000);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		return execution;
	};
	beforeAll(async () => {
		instance = { ...get(), credentials: { ...get().credentials, ...(await log.start()) } };
	}, 60_000);
	afterAll(() => log.end());
	beforeEach(async () => {
		instance.sandbox.reset();
		Object.assign(instance.sandbox.settings, { reportDelayMs: 0, pullIntervalSeconds: 0 });
		reports = await importWorkflow(instance, log.reports);
		// Whoever sets it up twice keeps the tables.
		await run(reports, 'Set up once');
		await run(reports, 'Set up once');
	});
	afterEach(() => log.clear());

	return {
		/** The sending workflow with a list of its own. */
		importSend: (people: object[]) =>
			importWorkflow(instance, log.send, {
				'Your list': { jsonOutput: JSON.stringify({ people }) },
				// Of 20 recipients, one after the other.
				'Send the batch': { 'options.batchSize': 20, 'options.concurrency': 1 },
			}),
		send: (workflow: SavedWorkflow) => run(workflow, 'Start'),
		poll: () => run(reports, 'JSms Receipt Trigger'),
		morning: () => run(reports, 'Every morning'),
		statuses: async () => countBy((await log.rows()).map(({ status }) => status)),
	};
}

/** Sends, reports, the next morning and a second start. */
export function describeTruth(get: () => Instance, log: Log) {
	const { importSend, send, poll, morning, statuses } = useLog(get, log);

	test('tells the truth about 200 SMS of which three requests got no answer, row by row as in the ledger', async () => {
		const { sandbox } = get();
		sandbox.fault([
			{ kind: 'resetAfter', path: BATCH, after: 2 },
			{ kind: 'resetBefore', path: BATCH, after: 2 },
			{ kind: 'hangUpAfter', path: BATCH, after: 2 },
		]);
		const workflow = await importSend(PEOPLE);
		await send(workflow);
		expect(sandbox.requests.filter(({ path }) => path === BATCH)).toHaveLength(10);
		expect(sandbox.ledger).toHaveLength(162);
		expect(await statuses()).toEqual({ sent: 126, failed: 14, unknown: 60 });

		await poll();
		const ledger = new Map(sandbox.ledger.map((entry) => [entry.mobile, entry]));
		expect(ledger.size).toBe(162);
		const rows = await log.rows();
		expect(rows.map(({ log_id: id }) => id)).toEqual(PEOPLE.map(({ order }) => `delivery of ${order}`));
		for (const [index, { mobile }] of PEOPLE.entries()) {
			const accepted = ledger.get(mobile);
			const reason = REASONS[mobile.slice(-4)];
			expect(rows[index]).toMatchObject(
				accepted
					? {
							mobile,
							status: 'sent',
							msg_id: accepted.msg_id,
							delivery: reason ? 'not delivered' : 'delivered',
							delivery_reason: reason ?? 'Delivered',
							units: accepted.segments,
						}
					: { mobile, status: expect.stringMatching(/^(failed|unknown)$/), delivery: null },
			);
		}
		expect(await statuses()).toEqual({ sent: 162, failed: 14, unknown: 24 });
		expect(await log.left()).toEqual([]);

		const next = await morning();
		expect(next.json('Summary of the last 24 hours')).toEqual([
			{
				rows: 200,
				sent: 162,
				delivered: 144,
				not_delivered: { [REASONS[4003]]: 9, [REASONS[4004]]: 9 },
				no_report_yet: 0,
				failed: { [INVALID]: 7, [TOO_MANY]: 7 },
				unknown: 24,
				probably_not_sent: 0,
				units: 162,
			},
		]);
		expect(next.json('A person looks')).toEqual([]);

		// 72 hours later, but for one row.
		const unknown = rows.filter(({ status }) => status === 'unknown');
		for (const [index, row] of unknown.entries()) {
			await log.change(row, { attempted_at: new Date(Date.now() - (index === 0 ? 71 : 73) * HOUR).toISOString() });
		}
		const later = await morning();
		expect(later.json('A person looks').map(({ mobile }) => mobile)).toEqual(
			unknown.slice(1).map(({ mobile }) => mobile),
		);
		expect(await statuses()).toEqual({ sent: 162, failed: 14, unknown: 1, 'probably not sent': 23 });
		expect((await morning()).json('A person looks')).toEqual([]);

		// Started again, the rows that may work later go again, and nobody else.
		await send(workflow);
		expect(sandbox.ledger).toHaveLength(162);
		expect(await log.rows()).toHaveLength(200);
		const again = sandbox.requests.filter(({ path }) => path === BATCH).slice(10);
		expect(again.flatMap(({ body }) => mobilesIn(body)).sort()).toEqual(
			rows
				.filter(({ reason }) => reason === TOO_MANY)
				.map(({ mobile }) => mobile)
				.sort(),
		);
	}, 600_000);
}

/** Rows that a report may settle, and rows that it must not. */
export function describeUnclear(get: () => Instance, log: Log) {
	const { importSend, send, poll, morning, statuses } = useLog(get, log);

	test('two unknown rows of one number wait for a person, and so does one row that two reports could mean', async () => {
		const { sandbox } = get();
		const [person] = PEOPLE;
		sandbox.fault({ kind: 'resetAfter', path: BATCH });
		await send(await importSend([person, { ...person, order: 'A-2' }]));
		expect(sandbox.ledger).toHaveLength(2);
		await poll();
		expect(await statuses()).toEqual({ unknown: 2 });
		expect(await log.left()).toHaveLength(2);

		const [, second] = await log.rows();
		await log.change(second, { attempted_at: new Date(Date.now() + HOUR).toISOString() });
		await morning();
		expect(await statuses()).toEqual({ unknown: 2 });
		expect(await log.left()).toHaveLength(2);
	}, 300_000);

	test('reports that come before anybody made the tables are kept: JSMS hands them out only once', async () => {
		const people = PEOPLE.slice(0, 3);
		await send(await importSend(people));
		const { ledger } = get().sandbox;
		expect(ledger).toHaveLength(3);
		await log.clear();
		await poll();
		expect((await log.left()).map(({ msg_id: id }) => id).sort()).toEqual(ledger.map(({ msg_id: id }) => id).sort());
		expect(await log.rows()).toEqual([]);
	}, 300_000);

	test('a morning that comes before anybody made the tables makes them', async () => {
		await log.clear();
		await morning();
		expect([await log.rows(), await log.left()]).toEqual([[], []]);
	}, 300_000);

	test('rows of a run that died while sending are resolved by their reports, and nobody gets a second message', async () => {
		const { sandbox } = get();
		const people = PEOPLE.slice(0, 3);
		await send(await importSend(people));
		// What the log holds when n8n dies between the request and the write; what a person has in hand; what is sent right now.
		const [died, late, now] = await log.rows();
		const before = new Date(Date.now() - 2 * HOUR).toISOString();
		await log.change(died, { status: 'planned', msg_id: null, attempted_at: before });
		await log.change(late, { status: 'probably not sent', msg_id: null, attempted_at: before });
		await log.change(now, { status: 'planned', msg_id: null });
		await poll();
		expect((await log.rows()).map(({ status, msg_id: id, delivery }) => [status, id, delivery])).toEqual([
			['sent', sandbox.ledger[0].msg_id, 'delivered'],
			['sent', sandbox.ledger[1].msg_id, 'delivered'],
			['planned', null, null],
		]);
		expect(await log.left()).toMatchObject([{ msg_id: sandbox.ledger[2].msg_id }]);
		await send(await importSend(people));
		expect(sandbox.ledger).toHaveLength(3);
	}, 300_000);
}

const mobilesIn = (body: string) =>
	(JSON.parse(body) as { recipients: Array<{ mobile: string }> }).recipients.map(({ mobile }) => mobile);

/** How often each value comes. */
function countBy(values: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}
