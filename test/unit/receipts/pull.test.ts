import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { MAX_RECORDS, MAYBE_LOST, PULL_PATHS, pullPages } from '../../../nodes/JSms/receipts/pull';

const page = (count: number, first = 0): Outcome => ({
	class: 'accepted',
	body: Array.from({ length: count }, (_, index) => first + index),
});
const BROKEN: Outcome = { class: 'unknown', message: 'broken', hint: '' };

/** Pulls from a service that answers in this order. */
async function pull(answers: Outcome[], { limit = Number.POSITIVE_INFINITY, turns = Number.POSITIVE_INFINITY } = {}) {
	let asked = 0;
	let waited = 0;
	const pulled = await pullPages(
		async () => answers[asked++],
		async () => ++waited <= turns,
		limit,
	);
	return { ...pulled, asked };
}

it('goes on while full pages come', async () => {
	const { records, stoppedBy, more, asked } = await pull([page(500), page(500, 500), page(3, 1000), page(1)]);
	expect([records.length, records.at(-1), stoppedBy, more, asked]).toEqual([1003, 1002, undefined, false, 3]);
});

it.each([
	[1, 500],
	[500, 500],
	[501, 1000],
])('asks for no further page after %i records, and keeps all that came', async (limit, count) => {
	const { records, more } = await pull([page(500), page(500, 500), page(0)], { limit });
	expect([records.length, more]).toEqual([count, true]);
});

it.each([Number.POSITIVE_INFINITY, 1_000_000])(
	'ends although the service never stops, with a limit of %d',
	async (limit) => {
		const { records, more, asked } = await pull(new Array<Outcome>(300).fill(page(500)), { limit });
		expect([records.length, more, asked]).toEqual([MAX_RECORDS, true, MAX_RECORDS / 500]);
	},
);

it('waits for its turn before every page, and stops when there is none', async () => {
	const { records, asked, more } = await pull([page(500), page(500)], { turns: 1 });
	expect([records.length, asked, more]).toEqual([500, 1, true]);
});

it('keeps what arrived before a page that failed, and does not ask for that page again', async () => {
	const { records, stoppedBy, asked } = await pull([page(500), BROKEN, page(500)]);
	expect([records.length, stoppedBy, asked]).toEqual([500, BROKEN, 2]);
});

it('takes an answer that is no list for one that may have held records', async () => {
	const { records, stoppedBy } = await pull([{ class: 'accepted', body: { reports: [] } }]);
	expect(records).toEqual([]);
	expect(stoppedBy).toEqual({
		class: 'unknown',
		message: 'The response of JSMS is not a list of records',
		hint: 'Check the records in the Jiguang console: delivery status under 发送记录 (send records), replies under 回复记录 (reply records).',
	});
});

it('says how much may be lost and where to look for it', () => {
	expect(MAYBE_LOST).toMatch(/only once, so up to 500 may be lost here\..* Jiguang console: /);
});

it('reads each kind of record where the service has it', () => {
	expect(PULL_PATHS).toEqual({ deliveryReport: '/report', reply: '/reply' });
});
