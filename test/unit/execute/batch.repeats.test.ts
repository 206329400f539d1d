import { sleep } from 'n8n-workflow';

import { runBatchOperation } from '../../../nodes/JSms/execute/batch';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';
import { useVirtualTime } from '../../support/virtualTime';
import { acceptAll, contextOf, phones, refusal, slowClaims, type Asked } from './context';
import { answering, FIELDS, ONE, recipientsOf, sendTo, sent, TWO, withUnits } from './batchRun';

/** A batch operation where it may have sent before: crashes, keys. */

describe('a try after a crash', () => {
	it.each([
		['without keys', {}, [ONE, TWO], {}],
		['whom it cannot read now', {}, [ONE, {}], {}],
		['without a credential', {}, [ONE, TWO], { credential: new Error('No keys') }],
		['whose keys changed', { sendOnceKey: '={{ $json.key }}' }, [{ ...ONE, key: 'now' }, TWO], {}],
	])('sends to nobody %s', async (_, options, items, broken) => {
		const store = new Set<string>();
		await sendTo([ONE, TWO], options, { store, goesOn: true });
		const { asked, rows } = await sendTo(items, options, { store, ...broken });
		expect(asked).toEqual([]);
		expect(rows.map(({ length }) => length)).toEqual([0, 0, 2]);
	});

	it('goes by keys where they are the same: used ones are unknown, the others are sent', async () => {
		const store = new Set<string>();
		const keyed = { sendOnceKey: '={{ $json.phone }}', batchSize: 1 };
		await sendTo([ONE, TWO], keyed, { store, answer: answering(TWO, () => refusal(50024)) });
		const { asked, rows } = await sendTo([TWO, ONE], keyed, { store });
		expect(asked.map((one) => recipientsOf(one))).toEqual([[TWO.phone]]);
		expect(rows).toMatchObject([[sent(TWO)], [], [{ mobile: ONE.phone, safe_to_retry: false }]]);
	});

	it('calls those unknown that it did not come to, unless their key is free', async () => {
		const store = new Set<string>();
		const keyed = { sendOnceKey: '={{ $json.phone }}', batchSize: 1, concurrency: 1 };
		const three = phones(3);
		const isThird = ({ body }: Asked) => JSON.stringify(body).includes(String(three[2].phone));
		const first = (asked: Asked) => (isThird(asked) ? refusal(50006) : answering(TWO, () => refusal(50006))(asked));
		await sendTo(three, keyed, { store, answer: first });
		const again = { store, answer: () => refusal(50002) };
		const { rows, asked } = await sendTo([TWO, ONE, three[2]], keyed, again);
		expect(asked).toHaveLength(1);
		expect(rows).toMatchObject([
			[],
			[
				{ mobile: TWO.phone, error_code: 50002, safe_to_retry: true },
				{ mobile: three[2].phone, safe_to_retry: true },
			],
			[{ mobile: ONE.phone, status: 'unknown', safe_to_retry: false }],
		]);
	});

	const sameKeys = () => ({ interruptedTries: { 'run:node-1/1/0': 'sameKeys' } });

	it('goes by keys, not by the balance, where they are the same', async () => {
		const keyed = { sendOnceKey: '={{ $json.phone }}', checkBalance: true };
		const given = { store: new Set<string>(), answer: withUnits(0), memory: sameKeys() };
		const { asked, rows } = await sendTo([ONE], keyed, given);
		expect(asked.map(({ path }) => path)).toEqual(['/messages/batch']);
		expect(rows).toMatchObject([[sent(ONE)], [], []]);
	});

	it('says where to look what is unknown about something else than an SMS', async () => {
		const elsewhere = { ...sendBatch, ifUnknown: 'Look there.' };
		const store = new Set<string>();
		await sendTo([ONE, TWO], {}, { store });
		const { rows } = await sendTo([ONE, {}], {}, { store }, elsewhere);
		expect(rows[2]).toMatchObject([{ error_hint: 'Look there.' }, { error_hint: 'Look there.' }]);
		const plain = await sendTo([ONE], {}, { store });
		expect(plain.rows[2]).toMatchObject([
			{ error_hint: expect.stringMatching(/^The message may or may not/) as string },
		]);
	});

	it('sends to nobody where the store of keys does not respond', async () => {
		const memory = sameKeys();
		const keyed = { sendOnceKey: '={{ $json.phone }}' };
		const { asked, rows } = await sendTo([ONE], keyed, { store: new Set(), storeFails: true, memory });
		expect([asked, rows[2].length]).toEqual([[], 1]);
	});
});

it('stops when n8n does not keep its keys, and sends nothing', async () => {
	const keyed = { sendOnceKey: '={{ $json.phone }}' };
	const { error, asked } = await sendTo(phones(30), { ...keyed, batchSize: 1 }, { store: new Set(), storeFails: true });
	expect(asked).toEqual([]);
	expect(error?.message).toContain("n8n's dedupe store is not available (no database)");
});

describe('requests that claim keys', () => {
	useVirtualTime();

	it('wait for each other a little, because one call of a slow store costs less than two', async () => {
		const keyed = { sendOnceKey: '={{ $json.phone }}', batchSize: 1, concurrency: 2 };
		const items = phones(4);
		const { context } = contextOf({
			items,
			parameters: { ...FIELDS, options: keyed },
			store: new Set(),
			answer: async (asked) => {
				await sleep(recipientsOf(asked)[0] === TWO.phone ? 100 : 50);
				return acceptAll(asked);
			},
		});
		const claims = slowClaims(context);
		const outputs = await runBatchOperation(context, sendBatch);
		expect(outputs[0]).toHaveLength(4);
		const claimedWith = items.map(({ phone }) => claims.findIndex((keys) => keys.includes(`once:${String(phone)}`)));
		expect([claimedWith[1], claimedWith[3]]).toEqual([claimedWith[0], claimedWith[2]]);
	});
});

it('sends once under a "Send Once Key"', async () => {
	const store = new Set<string>();
	const keyed = { sendOnceKey: '={{ $json.phone }}' };
	await sendTo([ONE], keyed, { store });
	const { asked, rows } = await sendTo([ONE, TWO], keyed, { store, executionId: '2' });
	expect(asked.map((one) => recipientsOf(one))).toEqual([[TWO.phone]]);
	expect(rows).toMatchObject([[sent(TWO)], [{ mobile: ONE.phone, safe_to_retry: false }], []]);
});
