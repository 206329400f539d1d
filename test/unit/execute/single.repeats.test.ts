import { sleep, type IDataObject } from 'n8n-workflow';

import { runSingle } from '../../../nodes/JSms/execute/single';
import { getAppBalance } from '../../../nodes/JSms/resources/account/getAppBalance.operation';
import { send } from '../../../nodes/JSms/resources/message/send.operation';
import { deleteTemplate } from '../../../nodes/JSms/resources/template/delete.operation';
import { verify } from '../../../nodes/JSms/resources/verificationCode/verify.operation';
import { useVirtualTime } from '../../support/virtualTime';
import { acceptAll, breaks, contextOf, phones, refusal, slowClaims, type Asked } from './context';
import { answering, heldBack, numbersOf, ONE, sendTo, sms, THREE, TWO, withUnits, type Given } from './singleRun';

/** An operation that makes one request per item, where it may have sent before: retries, crashes, keys. */

describe('"Retry On Fail"', () => {
	const retrying = () => ({ node: { retryOnFail: true }, memory: {} });

	it('sends only what was not sent, and what was surely not sent', async () => {
		const given = retrying();
		const answer = (asked: Asked) =>
			answering(TWO, () => refusal(50006))(asked.body?.mobile === THREE.phone ? breaks() : asked);
		await sendTo([ONE, TWO, THREE], {}, { ...given, answer, goesOn: true });
		const again = await sendTo([ONE, TWO, THREE], {}, { ...given, goesOn: true });
		expect(numbersOf(again.asked)).toEqual([TWO.phone]);
		expect(again.jsons).toMatchObject([sms(ONE), sms(TWO), { details: { outcome: 'unknown' } }]);
	});

	it('gives an item its earlier result, whatever its expressions give now and whatever fails before sending', async () => {
		const given = retrying();
		await sendTo([ONE, TWO], {}, { ...given, goesOn: true });
		const again = await sendTo([{}, { phone: '13800100099' }], {}, { ...given, goesOn: true });
		expect([again.asked, again.jsons]).toEqual([[], [sms(ONE), sms(TWO)]]);
		const unread = await sendTo([ONE, TWO, THREE], { checkFirst: true }, { ...given, answer: breaks });
		expect(unread.error?.context).toMatchObject({
			accepted: [ONE, TWO].map(({ phone }, item) => ({ item, msg_id: `id-${String(phone)}` })),
		});
		const broken = await sendTo([ONE, TWO], {}, { ...given, credential: new Error('No keys'), goesOn: true });
		expect(broken.jsons).toEqual([sms(ONE), sms(TWO)]);
	});

	it('ends the workflow at once where an item of the earlier try is still unknown', async () => {
		const given = retrying();
		const first = await sendTo([ONE, TWO], {}, { ...given, answer: breaks });
		const again = await sendTo([ONE, TWO], {}, given);
		expect([first.asked.length, again.asked]).toEqual([1, []]);
		expect(again.error?.message).toBe(first.error?.message);
	});

	it('uses no code up a second time that was refused with a result', async () => {
		const given = { ...retrying(), goesOn: true };
		const check = async () => {
			const { context, asked } = contextOf({
				...given,
				parameters: { messageId: 'id-1', code: '123456' },
				answer: () => refusal(50010),
			});
			return { output: await runSingle(context, verify), asked };
		};
		const first = await check();
		expect(first.output[0][0].json).toMatchObject({ is_valid: false });
		expect(await check()).toEqual({ output: first.output, asked: [] });
	});
});

describe('a try after a crash', () => {
	/** The store as a try of the same execution has left it that died in mid-send. */
	async function crashed(options: IDataObject = {}) {
		const store = new Set<string>();
		// It died before it came to the second item.
		await sendTo([ONE, TWO], { ...options, concurrency: 1 }, { store, answer: answering(TWO, () => refusal(50006)) });
		return { store, goesOn: true };
	}

	it('does not send again what may have been sent', async () => {
		const { asked, jsons } = await sendTo([ONE, TWO], {}, await crashed());
		expect(asked).toEqual([]);
		expect(jsons).toMatchObject([
			{ error: expect.stringContaining('n8n was interrupted while sending') as string },
			{ details: { outcome: 'unknown', mobile: TWO.phone } },
		]);
	});

	it('sends what a key shows to be new', async () => {
		const keyed = { sendOnceKey: '={{ $json.phone }}' };
		const { asked, jsons } = await sendTo([ONE, TWO], keyed, await crashed(keyed));
		expect(numbersOf(asked)).toEqual([TWO.phone]);
		expect(jsons).toMatchObject([{ details: { outcome: 'unknown', mobile: ONE.phone } }, sms(TWO)]);
	});

	it('sends nothing where the keys are others than before', async () => {
		const keyed = { sendOnceKey: '={{ $json.key }}' };
		const store = new Set<string>();
		await sendTo([{ ...ONE, key: '10:00' }], keyed, { store });
		const { asked, jsons } = await sendTo([{ ...ONE, key: '10:01' }], keyed, { store, goesOn: true });
		expect(asked).toEqual([]);
		expect(jsons).toMatchObject([{ details: { outcome: 'unknown' } }]);
	});

	it.each([
		['cannot be read', [{}, TWO], {}],
		['have no credential', [ONE, TWO], { credential: new Error('No keys') }],
		['find no store for their keys', [ONE, TWO], { storeFails: true }],
	])('calls items unknown that %s now: the earlier try may have sent them', async (_, items, broken) => {
		const keyed = { sendOnceKey: '={{ $json.phone }}' };
		const store = new Set<string>();
		await sendTo([ONE, TWO], keyed, { store });
		const memory = { interruptedTries: { 'run:node-1/1/0': 'sameKeys' } };
		const { asked, jsons } = await sendTo(items, keyed, { store, goesOn: true, memory, ...broken });
		expect(asked).toEqual([]);
		expect(jsons).toMatchObject([{ details: { outcome: 'unknown' } }, { details: { outcome: 'unknown' } }]);
	});

	describe('that ends early', () => {
		const keyed = { sendOnceKey: '={{ $json.phone }}' };
		const [, , , FOUR] = phones(4);
		/** The first try sent the first and the third message; the second try begins with another one, and its keys are refused. */
		async function endsEarly(given: Given, options: IDataObject = keyed) {
			const { store = new Set<string>() } = given;
			const answer = answering(TWO, () => refusal(50006));
			const first = (asked: Asked) => (asked.body?.mobile === FOUR.phone ? refusal(50006) : answer(asked));
			await sendTo([ONE, TWO, THREE, FOUR], options, { store, goesOn: true, answer: first });
			return await sendTo([TWO, ONE, THREE, FOUR], options, { store, answer: () => refusal(50002), ...given });
		}

		it('calls those unknown that it did not come to, unless their key is free', async () => {
			const { jsons, asked } = await endsEarly({ goesOn: true });
			expect(numbersOf(asked)).toEqual([TWO.phone]);
			expect(jsons).toMatchObject([
				{ details: { outcome: 'refused', mobile: TWO.phone } },
				{ details: { outcome: 'unknown', mobile: ONE.phone, safe_to_retry: false } },
				{ details: { outcome: 'unknown', mobile: THREE.phone, safe_to_retry: false } },
				{ details: { outcome: 'notAttempted', mobile: FOUR.phone, safe_to_retry: true } },
			]);
		});

		it('leaves the keys free of those that were not sent', async () => {
			const store = new Set<string>();
			await endsEarly({ goesOn: true, store });
			const { jsons } = await sendTo([FOUR], keyed, { store, executionId: '2' });
			expect(jsons).toEqual([sms(FOUR)]);
		});

		it('names those that it did not come to in the error that stops the workflow', async () => {
			const { error } = await endsEarly({});
			expect(error?.context).toMatchObject({ itemIndex: 0, unknown: [1, 2] });
			const unprotected = await endsEarly({}, {});
			expect(unprotected.error?.context).toMatchObject({ itemIndex: 0, unknown: [1, 2, 3] });
		});

		it('calls all of them unknown where the store does not tell', async () => {
			let storeFails = false;
			const answer = () => {
				storeFails = true;
				return refusal(50002);
			};
			const { jsons } = await endsEarly({ goesOn: true, answer, storeFails: () => storeFails });
			expect(jsons).toMatchObject(new Array(4).fill({ details: { outcome: 'unknown' } }));
		});
	});

	it('goes by what is known, not by the balance', async () => {
		const given = { ...(await crashed()), answer: withUnits(0) };
		const { jsons } = await sendTo([ONE], { checkBalance: true }, given);
		expect(jsons).toMatchObject([{ details: { outcome: 'unknown' } }]);
	});

	it('is like any other where nothing is sent', async () => {
		const given = { ...(await crashed()), answer: withUnits(3) };
		const { asked } = await sendTo([ONE], {}, given, getAppBalance);
		expect(asked).toHaveLength(1);
	});

	it('is noted only where something is sent', async () => {
		const store = new Set<string>();
		await sendTo([ONE], {}, { store, answer: () => ({ body: { app_balance: 7 } }) }, getAppBalance);
		expect(store.size).toBe(0);
		await sendTo([ONE], {}, { store });
		expect(store.size).toBeGreaterThan(0);
	});

	it('is like any other for another execution', async () => {
		const { asked } = await sendTo([ONE], {}, { ...(await crashed()), executionId: '2' });
		expect(asked).toHaveLength(1);
	});
});

describe('a delete', () => {
	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => jest.restoreAllMocks());

	const gone = () => refusal(50013);
	const remove = async (given: Given) => {
		const { context, asked } = contextOf({ parameters: { templateId: 1250 }, goesOn: true, ...given });
		const [output] = await runSingle(context, deleteTemplate);
		return { asked, jsons: output.map(({ json }) => json) };
	};

	it('of what is not there fails, unless a try before may have done it', async () => {
		expect((await remove({ answer: gone })).jsons).toMatchObject([{ details: { code: 50013 } }]);
		const done = [{ deleted: true, temp_id: 1250 }];
		const crashed = { store: new Set<string>(), executionId: '7' };
		expect((await remove({ ...crashed, answer: breaks })).jsons).toMatchObject([{ details: { outcome: 'unknown' } }]);
		expect((await remove({ ...crashed, answer: gone })).jsons).toEqual(done);
		const retried = { node: { retryOnFail: true }, memory: {} };
		await remove({ ...retried, answer: breaks });
		expect((await remove({ ...retried, answer: gone })).jsons).toEqual(done);
		expect(await remove({ ...retried, answer: gone })).toEqual({ asked: [], jsons: done });
	});

	it('that cannot be built after a crash may have been done', async () => {
		const crashed = { store: new Set<string>() };
		await remove({ ...crashed, answer: breaks });
		const { jsons } = await remove({ ...crashed, parameters: {} });
		expect(jsons).toMatchObject([{ details: { outcome: 'unknown', safe_to_retry: true } }]);
		expect((await remove({ parameters: {} })).jsons).toMatchObject([{ details: { outcome: 'invalidInput' } }]);
	});
});

describe('"Send Once Key"', () => {
	const keyed = { sendOnceKey: 'order-1' };
	const stored = (store: Set<string>) => store.has('once:order-1');

	it('sends once, and does not stop a workflow for that', async () => {
		const store = new Set<string>();
		await sendTo([ONE], keyed, { store });
		const again = await sendTo([ONE], keyed, { store, executionId: '2' });
		expect(again.asked).toEqual([]);
		expect(again.jsons).toMatchObject([{ details: { outcome: 'alreadySent', mobile: ONE.phone } }]);
		expect(stored(store)).toBe(true);
	});

	it.each([
		['refused', () => refusal(50006), false],
		[
			'never reached the service',
			() => {
				throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
			},
			false,
		],
		['unknown', breaks, true],
	])('is free again only where the send is certain not to have happened (%s)', async (_, answer, kept) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const store = new Set<string>();
		await sendTo([ONE], keyed, { store, answer, goesOn: true });
		expect(stored(store)).toBe(kept);
		jest.restoreAllMocks();
	});

	describe('in a store that is slow', () => {
		useVirtualTime();

		it('is claimed together with another one, because one call costs less than two', async () => {
			const items = phones(4);
			const { context } = contextOf({
				items,
				parameters: {
					mobile: '={{ $json.phone }}',
					templateId: 1250,
					options: { sendOnceKey: '={{ $json.phone }}', concurrency: 2 },
				},
				store: new Set(),
				answer: async (asked) => {
					await sleep(asked.body?.mobile === TWO.phone ? 100 : 50);
					return acceptAll(asked);
				},
			});
			const claims = slowClaims(context);
			const [output] = await runSingle(context, send);
			expect(output).toHaveLength(4);
			const claimedWith = items.map(({ phone }) => claims.findIndex((keys) => keys.includes(`once:${String(phone)}`)));
			expect([claimedWith[1], claimedWith[3]]).toEqual([claimedWith[0], claimedWith[2]]);
		});
	});

	it('that cannot be remembered sends nothing', async () => {
		const { asked, jsons } = await sendTo([ONE], keyed, { store: new Set(), storeFails: true, goesOn: true });
		expect(asked).toEqual([]);
		expect(jsons).toMatchObject([
			{ error: expect.stringContaining('(no database)') as string, details: { outcome: 'invalidInput' } },
		]);
	});

	it('is free again where something came up while it was asked for', async () => {
		let isAsked = () => {};
		const asking = new Promise<void>((resolve) => (isAsked = resolve));
		const store = new (class extends Set<string> {
			add(entry: string) {
				if (entry === 'once:order-1') isAsked();
				return super.add(entry);
			}
		})();
		const keys = { sendOnceKey: '={{ $json.key }}', concurrency: 2 };
		const answer = async (asked: Asked) =>
			asked.body?.mobile === ONE.phone ? await asking.then(() => refusal(50014)) : acceptAll(asked);
		const items = [ONE, TWO, THREE].map((item, index) => ({ ...item, key: ['a', 'b', 'order-1'][index] }));
		const { asked, jsons } = await sendTo(items, keys, { store, answer, goesOn: true });
		expect(numbersOf(asked)).toEqual([ONE.phone, TWO.phone]);
		expect(jsons[2]).toEqual(heldBack('the SMS balance is used up (50014 words of 50014)'));
		expect(stored(store)).toBe(false);
	});

	it('that an earlier item has sends nothing, and says so', async () => {
		const { asked, jsons } = await sendTo([ONE, TWO], { ...keyed, concurrency: 1 }, { store: new Set(), goesOn: true });
		expect(numbersOf(asked)).toEqual([ONE.phone]);
		expect(jsons[1]).toMatchObject({
			error: "This 'Send Once Key' is also the key of item 0; only that message is sent",
			details: { outcome: 'invalidInput', safe_to_retry: false },
		});
	});

	it('is free again where the execution was canceled before the message left', async () => {
		const store = new Set<string>();
		const abort = new AbortController();
		const { context, asked } = contextOf({
			parameters: { mobile: ONE.phone, templateId: 1250, options: keyed },
			store,
			signal: abort.signal,
			goesOn: true,
		});
		const { checkProcessedAndRecord } = context.helpers;
		context.helpers.checkProcessedAndRecord = async (entries, scope, options) => {
			if (scope === 'node') abort.abort();
			return await checkProcessedAndRecord(entries, scope, options);
		};
		await runSingle(context, send);
		expect([asked, stored(store)]).toEqual([[], false]);
	});
});
