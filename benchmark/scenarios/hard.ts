import path from 'node:path';
import { interleave, median, medianRatio } from '../measure';
import { formatCount, formatMs, type Section } from '../report';
import type { Bench } from '../bench';
import type { Outcome } from '../../nodes/JSms/model/outcome';

type Batch = typeof import('../../nodes/JSms/batch/run');
type Matching = typeof import('../../nodes/JSms/batch/match');

const DIST = path.resolve(__dirname, '../../dist/nodes/JSms');

/**
 * What must not block n8n: each hard case beside a tenth of it, so that the ratio tells whether its cost grows faster than its
 * size.
 */
export async function measureHard({ quick, print }: Bench): Promise<Section> {
	const held = quick ? 5_000 : 100_000;
	const repeats = quick ? 1 : 5;
	print('hard cases');
	const results = await interleave(
		[
			{ name: 'few rows', run: async () => match(1_000, 2) },
			{ name: 'many rows', run: async () => match(1_000, 20) },
			{ name: 'few not sent', run: async () => await holdBack(held / 10) },
			{ name: 'many not sent', run: async () => await holdBack(held) },
		],
		repeats,
	);
	const ms = (name: string) => median(results[name]);
	const hostile = medianRatio(results['many rows'], results['few rows']) / 10;
	const heldBack = medianRatio(results['many not sent'], results['few not sent']) / 10;
	return {
		title: 'Hard cases',
		text:
			`Without n8n and without a network, medians of ${repeats}. Ratio: cost of the whole, divided by ten times that of the tenth; about 1 means that the ` +
			'cost does not grow faster than the size.',
		head: ['', 'A tenth', 'The whole', 'Ratio'],
		rows: [
			[
				'A response of 20,000 rows that all name one number, for 1,000 different messages to it',
				formatMs(ms('few rows')),
				formatMs(ms('many rows')),
				`**${hostile.toFixed(2)}**`,
			],
			[
				`${formatCount(held)} requests that are not sent, because the first one was refused for all`,
				formatMs(ms('few not sent')),
				formatMs(ms('many not sent')),
				`**${heldBack.toFixed(2)}**`,
			],
		],
		aims: quick
			? []
			: [
					{
						what: 'A hostile response of 20,000 rows: n8n is blocked for less than a second',
						measured: formatMs(ms('many rows')),
						reached: ms('many rows') < 1_000,
					},
					{
						what: `${formatCount(held)} requests not sent: n8n is blocked for less than a second`,
						measured: formatMs(ms('many not sent')),
						reached: ms('many not sent') < 1_000,
					},
				],
		raw: { held, results },
	};
}

const numberOf = (index: number) => String(13_800_000_000 + index);

/** Matches a response with so many rows for each message; all name one number, and tell by their text which message they mean. */
function match(messages: number, rowsEach: number) {
	const { matchRows } = require(path.join(DIST, 'batch/match')) as Matching;
	const textOf = (index: number) => ({ name: `text ${index}` });
	const recipients = Array.from({ length: messages }, (_, index) => ({
		item: index,
		mobile: numberOf(0),
		tempPara: textOf(index),
		shared: { tempId: 1 },
	}));
	const rows = Array.from({ length: messages * rowsEach }, (_, index) => ({
		mobile: numberOf(0),
		msg_id: String(index),
		error_code: '50006',
		temp_para: textOf(index % messages),
	}));
	const began = performance.now();
	matchRows(recipients, { recipients: rows });
	return performance.now() - began;
}

/** A run of requests with one recipient each, of which a service in the same process refuses the first for all. */
async function holdBack(recipients: number) {
	const { runBatch } = require(path.join(DIST, 'batch/run')) as Batch;
	const { matchRows } = require(path.join(DIST, 'batch/match')) as Matching;
	const entries = Array.from({ length: recipients }, (_, index) => ({
		item: index,
		mobile: numberOf(index),
		tempPara: {},
		shared: { tempId: 1 },
	}));
	const refused: Outcome = {
		class: 'refused',
		code: 50014,
		message: 'no money',
		hint: '',
		safeToRetry: true,
		splittable: false,
		scope: 'application',
	};
	const began = performance.now();
	const { results } = await runBatch(entries, { batchSize: 1, concurrency: 1, match: matchRows }, async () => refused);
	if (results.length !== recipients) throw new Error(`${results.length} of ${recipients} results`);
	return performance.now() - began;
}
