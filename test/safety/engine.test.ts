import fc from 'fast-check';

import { startSandbox, type Sandbox } from '../../sandbox';
import { contentOf, play, type Told } from './support/play';
import { scenario, type Scenario } from './support/scenario';
import { propertySettings } from './support/seed';

/** The law of conservation for the whole node: n8n's real engine, real HTTP, a service that breaks in every way. */
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

it('neither sends twice nor loses a recipient, whatever happens', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, async (drawn) => {
			const told = await play(drawn, sandbox);
			expectComplete(drawn, told);
			expectTrue(drawn, told);
			expectNobodyTwice(drawn);
		}),
		propertySettings('engine', 500),
	);
});

/** Every recipient is told of once: in a row, in an item, or by an error that stands for all of them. */
function expectComplete({ as, operation, people, asList, onError }: Scenario, told: Told[]): void {
	for (const { said, error, outputs } of told) {
		if (error !== undefined) {
			if (as === 'node') expect(onError).toBe('stopWorkflow');
			// A batch stops a workflow only when nobody was sent to.
			if (operation === 'sendBatch') expect(said).toEqual([]);
			continue;
		}
		expect(said).toHaveLength(people.length);
		if (as === 'node' && operation === 'sendBatch') {
			expect(outputs).toEqual(said.map(({ status }) => ['sent', 'failed', 'unknown'].indexOf(status)));
		}
		if (!asList) expect(said.map(({ item }) => item).sort((a, b) => a - b)).toEqual(people.map((_, index) => index));
	}
}

/** Accepted are those that the node says were sent, and at most those it calls unknown. */
function expectTrue({ operation, as, faults }: Scenario, told: Told[]): void {
	const counts = new Map<string, { sent: number; unknown: number; accepted: number }>();
	const countOf = (content: string) => {
		const count = counts.get(content) ?? { sent: 0, unknown: 0, accepted: 0 };
		counts.set(content, count);
		return count;
	};
	const single = as === 'tool' && operation !== 'sendBatch';
	const blindSpots = told.reduce((sum, { unknownInError }) => sum + unknownInError, 0);
	for (const { said } of told) {
		for (const { status, content } of said) if (status !== 'failed') countOf(content)[status] += 1;
	}
	for (const { mobile, temp_para } of sandbox.ledger) {
		countOf(single ? mobile : contentOf(mobile, temp_para.number)).accepted += 1;
	}
	let unaccounted = 0;
	for (const [content, { sent, unknown, accepted }] of counts) {
		if (accepted < sent) throw new Error(`${content}: said to be sent ${sent} times, accepted ${accepted} times`);
		unaccounted += Math.max(0, accepted - sent - unknown);
	}
	if (unaccounted > blindSpots)
		throw new Error(`${unaccounted} accepted that nobody was told of: ${JSON.stringify([...counts])}`);

	const forged = ['inventRows', 'duplicateKeys', 'nulInText', 'loneSurrogate'];
	if (faults.some(({ kind }) => forged.includes(kind))) return;
	const ids = told.flatMap(({ said }) =>
		said.flatMap(({ status, msgId }) => (status === 'sent' && msgId !== undefined ? [msgId] : [])),
	);
	expect(sandbox.ledger.map(({ msg_id }) => msg_id)).toEqual(expect.arrayContaining(ids));
	expect(new Set(ids).size).toBe(ids.length);
}

/** However often the node is run for the same people, retries and interrupted tries included. */
function expectNobodyTwice({ people, again, asList }: Scenario): void {
	expect(sandbox.ledger.length).toBeLessThanOrEqual(people.length);
	if (again !== 'keys' || asList) return;
	const sent = sandbox.ledger.map(({ mobile, temp_para }) => contentOf(mobile, temp_para.number));
	expect(sent).toHaveLength(new Set(sent).size);
}
