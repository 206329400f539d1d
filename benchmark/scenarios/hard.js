'use strict';

const path = require('node:path');
const { interleave, median, medianRatio } = require('../measure');
const { formatCount, formatMs } = require('../report');

const DIST = path.resolve(__dirname, '../../dist/nodes/JSms');

/**
 * What must not block n8n: each hard case beside the usual one of the same size, so that the ratio tells whether its cost grows
 * faster than its size.
 *
 * @param {{quick: boolean, print: (line: string) => void}} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measureHard({ quick, print }) {
	const held = quick ? 5_000 : 100_000;
	const repeats = quick ? 1 : 5;
	print('hard cases');
	const results = await interleave(
		[
			{ name: 'usual rows', run: async () => match(1_000, 1) },
			{ name: 'one number', run: async () => match(1_000, 20) },
			{ name: 'sent', run: async () => await sendAlone(held / 10, 'accepted') },
			{ name: 'held back', run: async () => await sendAlone(held, 'refused') },
		],
		repeats,
	);
	const ms = (name) => median(results[name]);
	// Both are twenty and ten times as large as the usual case beside them.
	const hostile = medianRatio(results['one number'], results['usual rows']) / 20;
	const heldBack = medianRatio(results['held back'], results.sent) / 10;
	return {
		title: 'Hard cases',
		text:
			`Without n8n and without a network, medians of ${repeats}. Ratio: cost for each row or request, hard case against usual one; 1 or less means that the cost ` +
			'does not grow faster than the size.',
		head: ['', 'Usual', 'Hard', 'Ratio'],
		rows: [
			[
				'Matching 1,000 rows to 1,000 numbers; 20,000 rows that all name one number, for 1,000 messages to it',
				formatMs(ms('usual rows')),
				formatMs(ms('one number')),
				`**${hostile.toFixed(2)}**`,
			],
			[
				`${formatCount(held / 10)} requests of one recipient that are sent; ${formatCount(held)} that are held back, because the first one was refused for all`,
				formatMs(ms('sent')),
				formatMs(ms('held back')),
				`**${heldBack.toFixed(2)}**`,
			],
		],
		aims: quick
			? []
			: [
					{
						what: 'A hostile response: no more per row than a usual one',
						measured: `${hostile.toFixed(2)}x`,
						reached: hostile <= 1.5,
					},
					{
						what: `${formatCount(held)} requests held back: n8n is blocked for less than a second`,
						measured: formatMs(ms('held back')),
						reached: ms('held back') < 1_000,
					},
				],
		raw: { held, results },
	};
}

const numberOf = (index) => String(13_800_000_000 + index);

/** Matches the response for so many messages; with more than one row for each, all are for one number and differ in their texts. */
function match(messages, rowsEach) {
	const { matchRows } = require(path.join(DIST, 'batch/match'));
	const mobileOf = (index) => numberOf(rowsEach === 1 ? index : 0);
	const textOf = (index) => ({ name: `text ${index}` });
	const recipients = Array.from({ length: messages }, (_, index) => ({
		item: index,
		mobile: mobileOf(index),
		tempPara: textOf(index),
		shared: { tempId: 1 },
	}));
	const rows = Array.from({ length: messages * rowsEach }, (_, index) => ({
		mobile: mobileOf(index % messages),
		msg_id: String(index),
		...(rowsEach > 1 && { error_code: '50006', temp_para: textOf(index % messages) }),
	}));
	const began = performance.now();
	matchRows(recipients, { recipients: rows });
	return performance.now() - began;
}

/** A run of requests with one recipient each, against a service in the same process. */
async function sendAlone(recipients, answer) {
	const { runBatch } = require(path.join(DIST, 'batch/run'));
	const { matchRows } = require(path.join(DIST, 'batch/match'));
	const entries = Array.from({ length: recipients }, (_, index) => ({
		item: index,
		mobile: numberOf(index),
		tempPara: {},
		shared: { tempId: 1 },
	}));
	const refused = {
		class: 'refused',
		code: 50014,
		message: 'no money',
		hint: '',
		safeToRetry: true,
		splittable: false,
		scope: 'application',
	};
	const send = async (_request, [{ mobile }]) =>
		answer === 'refused' ? refused : { class: 'accepted', body: { recipients: [{ mobile, msg_id: '1' }] } };
	const began = performance.now();
	const { results } = await runBatch(entries, { batchSize: 1, concurrency: 1, match: matchRows }, send);
	if (results.length !== recipients) throw new Error(`${results.length} of ${recipients} results`);
	return performance.now() - began;
}

module.exports = { measureHard };
