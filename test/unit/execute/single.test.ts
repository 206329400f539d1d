import { sleep, type IDataObject } from 'n8n-workflow';

import { runSingle } from '../../../nodes/JSms/execute/single';
import { getAppBalance } from '../../../nodes/JSms/resources/account/getAppBalance.operation';
import { send } from '../../../nodes/JSms/resources/message/send.operation';
import { deleteTemplate } from '../../../nodes/JSms/resources/template/delete.operation';
import { verify } from '../../../nodes/JSms/resources/verificationCode/verify.operation';
import { useVirtualTime } from '../../support/virtualTime';
import { acceptAll, breaks, contextOf, phones, refusal, type ServiceResponse, type Asked } from './context';

/** A run of an operation that makes one request per item, from its items to its output. */

type Given = Parameters<typeof contextOf>[0];

/** A send of template 1250 to the number of each item, one after the other. */
async function sendTo(items: IDataObject[], options: IDataObject = {}, given: Given = {}, operation = send) {
	const parameters = {
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		parameterMode: 'pairs',
		parameters: { parameter: [{ name: 'number', value: '={{ $json.code }}' }] },
		options: { concurrency: 1, ...options },
	};
	const { context, asked, hints, warnings } = contextOf({
		items: items.map((item) => ({ code: '1', ...item })),
		parameters,
		...given,
	});
	const run = { asked, hints, warnings };
	try {
		const [output] = await runSingle(context, operation);
		return { ...run, output, jsons: output.map(({ json }) => json), error: undefined };
	} catch (error) {
		return { ...run, output: [], jsons: [], error: error as Error & { description: string; context: IDataObject } };
	}
}

const sms = ({ phone }: IDataObject) => ({ msg_id: `id-${String(phone)}`, mobile: phone, temp_id: 1250 });
const numbersOf = (asked: Asked[]) => asked.map(({ body }) => body?.mobile);
const heldBack = (reason: string) => expect.objectContaining({ error: `Not sent: ${reason}` }) as IDataObject;
const [ONE, TWO, THREE] = phones(3);

/** Answers one number in its own way. */
const answering =
	(phone: IDataObject, special: () => ServiceResponse) =>
	(asked: Asked): ServiceResponse =>
		asked.body?.mobile === phone.phone ? special() : acceptAll(asked);

describe('a run', () => {
	it('makes one request per item and links each result to its item', async () => {
		const { asked, output, hints, warnings } = await sendTo([ONE, TWO]);
		expect(asked).toEqual(
			[ONE, TWO].map(({ phone }) => ({
				method: 'POST',
				path: '/messages',
				body: { mobile: phone, temp_id: 1250, temp_para: { number: '1' } },
			})),
		);
		expect(output).toEqual([ONE, TWO].map((item, index) => ({ json: sms(item), pairedItem: { item: index } })));
		expect([hints, warnings]).toEqual([[], []]);
	});

	it('does nothing without items', async () => {
		expect(await sendTo([])).toMatchObject({ asked: [], output: [], error: undefined });
	});

	it('passes the input on where that is wanted', async () => {
		const { jsons } = await sendTo([ONE, {}], { includeInput: true }, { goesOn: true });
		expect(jsons).toMatchObject([
			{ ...sms(ONE), input: { ...ONE, code: '1' } },
			{ error: expect.any(String) as string, input: { code: '1' } },
		]);
	});

	it('works in an n8n that knows no hints', async () => {
		const { jsons } = await sendTo([ONE], {}, { withoutHints: true, node: { retryOnFail: true } });
		expect(jsons).toEqual([sms(ONE)]);
	});

	it('says which fields made it slow', async () => {
		const worked = '={{ $json.code.slice(0) }}';
		const others = Object.fromEntries(Array.from({ length: 29 }, (_, index) => [`other${index}`, worked]));
		const { hints } = await sendTo(phones(100), { signatureId: worked, ...others }, { goesOn: true });
		expect(hints).toEqual([
			{
				message: expect.stringMatching(
					/^The expressions in 'Signature ID', 'other0', 'other1' and 27 more were calculated/,
				) as string,
				type: 'info',
				location: 'outputPane',
			},
		]);
	});

	it('says what "Retry On Fail" does, where something is sent', async () => {
		const given = { node: { retryOnFail: true } };
		const { hints } = await sendTo([ONE], {}, given);
		expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(/^'Retry On Fail' is on/)]);
		const balance = { industry_balance: 1, market_balance: 2 };
		const read = await sendTo([ONE], {}, { ...given, answer: () => ({ body: balance }) }, getAppBalance);
		expect([read.hints, read.error]).toEqual([[], undefined]);
	});

	it('sends nothing outside the allowed hours, and says when it may', async () => {
		jest.useFakeTimers({ now: new Date('2026-11-28T22:30:00+08:00'), doNotFake: ['nextTick', 'queueMicrotask'] });
		const hours = (from: string, to: string) => ({ allowedHours: { hours: { from, to } } });
		const closed = await sendTo([ONE], hours('08:00', '21:00'), { goesOn: true });
		const open = await sendTo([ONE], hours('08:00', '23:00'), { goesOn: true });
		jest.useRealTimers();
		expect([closed.asked, open.jsons]).toEqual([[], [sms(ONE)]]);
		expect(closed.jsons).toEqual([heldBack("it is 22:30 in China, and 'Allowed Hours' are from 08:00 to 21:00")]);
	});

	it('reports a fault of the whole run for each item', async () => {
		const { jsons, asked } = await sendTo([ONE, TWO], {}, { credential: new Error('No keys'), goesOn: true });
		expect(asked).toEqual([]);
		expect(jsons).toMatchObject(new Array(2).fill({ error: 'No keys', details: { outcome: 'invalidInput' } }));
	});
});

describe('how many requests are under way at once', () => {
	async function most(operation: typeof send, concurrency: number) {
		let [running, highest] = [0, 0];
		const answer = async (asked: Asked) => {
			running += 1;
			highest = Math.max(highest, running);
			await sleep(0);
			running -= 1;
			return operation === send ? acceptAll(asked) : { body: { app_balance: 1 } };
		};
		await sendTo(phones(6), { concurrency }, { answer, goesOn: true }, operation);
		return highest;
	}

	it('is up to the user for sends, and one for everything else', async () => {
		expect(await most(send, 3)).toBe(3);
		expect(await most(getAppBalance, 3)).toBe(1);
	});
});

describe('a failing item', () => {
	const second = { answer: answering(TWO, () => refusal(50006)) };

	it('stops the workflow, and the error names what was sent before', async () => {
		const { error, asked } = await sendTo([ONE, TWO, THREE], {}, second);
		expect(numbersOf(asked)).toEqual([ONE.phone, TWO.phone]);
		expect(error?.message).toMatch(/^138\*\*\*\*0002: the mobile number is not valid /);
		expect(error?.context).toMatchObject({ itemIndex: 1, accepted: [{ item: 0, msg_id: `id-${String(ONE.phone)}` }] });
	});

	it('becomes an error item where the workflow goes on', async () => {
		const { jsons } = await sendTo([ONE, TWO, THREE], {}, { ...second, goesOn: true });
		expect(jsons).toMatchObject([sms(ONE), { details: { outcome: 'refused', code: 50006 } }, sms(THREE)]);
	});

	it('holds the next ones back where they would meet the same', async () => {
		const given = { answer: answering(TWO, () => refusal(50014)), goesOn: true };
		const { jsons, asked } = await sendTo([ONE, TWO, THREE], {}, given);
		expect(asked).toHaveLength(2);
		expect(jsons).toMatchObject([
			sms(ONE),
			{ details: { code: 50014 } },
			heldBack('the SMS balance is used up (50014 words of 50014)'),
		]);
	});

	it.each([
		['the same template and signature', { templateId: 1250, options: { signatureId: 5 } }, 1],
		['another template', { templateId: '={{ $json.template }}', options: { signatureId: 5 } }, 2],
		['another signature', { templateId: 1250, options: { signatureId: '={{ $json.signature }}' } }, 2],
	])('of which the template is bad holds back %s', async (_, { templateId, options }, requests) => {
		const { context, asked } = contextOf({
			items: [
				{ ...ONE, template: 1, signature: 1 },
				{ ...TWO, template: 2, signature: 2 },
			],
			parameters: { mobile: '={{ $json.phone }}', templateId, options: { ...options, concurrency: 1 } },
			answer: () => refusal(50020),
			goesOn: true,
		});
		await runSingle(context, send);
		expect(asked).toHaveLength(requests);
	});

	it('counts as one of five unknown ones in a row only where something is sent', async () => {
		const given = { answer: breaks, goesOn: true };
		expect((await sendTo(phones(6), {}, given)).asked).toHaveLength(5);
		const check = async (items: IDataObject[]) => {
			const { context, asked } = contextOf({ items, parameters: { messageId: 'id-1', code: '123456' }, ...given });
			await runSingle(context, verify);
			return asked.length;
		};
		expect(await check(phones(6))).toBe(6);
	});
});

it('checks no balance for an operation without a template, although the option was set for another one', async () => {
	const { context, asked } = contextOf({
		items: [{ code: '123456' }, { code: '' }],
		parameters: { messageId: 'id-1', code: '={{ $json.code }}', options: { checkBalance: true } },
		answer: () => ({ body: { is_valid: true } }),
	});
	// A check would read all items first, and the bad one would hold the good one back.
	await expect(runSingle(context, verify)).rejects.toThrow("'Code' is empty");
	expect(asked).toHaveLength(1);
});

it('gives no key back where none was claimed', async () => {
	const store = new Set(['once:undefined']);
	await sendTo([ONE], {}, { store, answer: () => refusal(50014) });
	expect(store).toContain('once:undefined');
});

describe('a cancelled execution', () => {
	it('starts nothing more and writes down what it has sent', async () => {
		const stop = new AbortController();
		const answer = (asked: Asked) => {
			stop.abort();
			return acceptAll(asked);
		};
		const { asked, jsons, warnings } = await sendTo([ONE, TWO], {}, { answer, signal: stop.signal });
		expect(asked).toHaveLength(1);
		expect(jsons).toEqual([sms(ONE)]);
		expect(warnings).toEqual([
			`The execution was canceled while 'Text Them' was sending: 1 SMS were accepted, 0 may have been sent. msg_id of those accepted: id-${String(ONE.phone)}`,
		]);
	});

	it('counts what may have gone out', async () => {
		const stop = new AbortController();
		const answer = answering(TWO, () => {
			stop.abort();
			return breaks();
		});
		const given = { answer, signal: stop.signal, goesOn: true };
		const { warnings } = await sendTo([{}, {}, ONE, TWO, THREE], {}, given);
		expect(warnings).toEqual([expect.stringContaining('1 SMS were accepted, 1 may have been sent')]);
	});

	it('puts out nothing for what it did not come to', async () => {
		const stop = new AbortController();
		const answer = (asked: Asked) => {
			stop.abort();
			return acceptAll(asked);
		};
		const { output } = await sendTo([ONE, TWO], {}, { answer, signal: stop.signal, withoutHints: true });
		expect(output).toHaveLength(1);
	});

	it('writes nothing where nothing is ever sent', async () => {
		const stop = new AbortController();
		const answer = () => {
			stop.abort();
			return { body: { app_balance: 7 } };
		};
		const { warnings } = await sendTo([ONE], {}, { answer, signal: stop.signal }, getAppBalance);
		expect(warnings).toEqual([]);
	});

	it('reads no further items before it sends', async () => {
		const { asked, jsons } = await sendTo([ONE], { checkBalance: true }, { signal: AbortSignal.abort() });
		expect([asked, jsons]).toEqual([[], []]);
	});
});

/** A service with a template of one unit and so many units left. */
const withUnits =
	(units: number) =>
	(asked: Asked): ServiceResponse => {
		if (asked.path === '/templates/1250') return { body: { temp_id: 1250, template: 'No. {{number}}', type: 1 } };
		if (asked.path === '/accounts/app') return { body: { app_balance: units, app_industry: 0, app_market: 0 } };
		return acceptAll(asked);
	};

describe('a run that checks the balance first', () => {
	const sends = ({ asked }: { asked: Asked[] }) => numbersOf(asked.filter(({ method }) => method === 'POST'));
	const checking = { checkBalance: true };

	it('sends where there is enough', async () => {
		const run = await sendTo([ONE, TWO], checking, { answer: withUnits(2) });
		expect(run.asked.map(({ path }) => path)).toEqual(['/templates/1250', '/accounts/app', '/messages', '/messages']);
		expect(run.jsons).toEqual([sms(ONE), sms(TWO)]);
	});

	it('sends nothing where there is not', async () => {
		const run = await sendTo([ONE, {}, TWO], checking, { answer: withUnits(1), goesOn: true });
		const lacking = {
			error:
				'Not sent: the messages of this run need at least 2 units, and the application has 1 for codes and notifications',
			details: { outcome: 'notAttempted', safe_to_retry: true },
		};
		expect(sends(run)).toEqual([]);
		expect(run.jsons).toMatchObject([lacking, { error: "'Mobile Number' is empty" }, lacking]);
		const stopped = await sendTo([ONE, TWO], checking, { answer: withUnits(1) });
		expect([stopped.error?.message, sends(stopped)]).toEqual([lacking.error, []]);
	});

	it('sends nothing either where the workflow stops for a bad item', async () => {
		const run = await sendTo([ONE, {}, TWO], checking, { answer: withUnits(9) });
		expect([run.error?.message, run.asked]).toEqual(["'Mobile Number' is empty", []]);
		expect(run.error?.context).toMatchObject({ itemIndex: 1 });
		const going = await sendTo([ONE, {}, TWO], checking, { answer: withUnits(9), goesOn: true });
		expect(sends(going)).toEqual([ONE.phone, TWO.phone]);
	});

	it('counts only what an earlier try has not sent', async () => {
		const given = { node: { retryOnFail: true }, memory: {}, goesOn: true };
		await sendTo([ONE], {}, given);
		const again = await sendTo([ONE, TWO], checking, { ...given, answer: withUnits(1) });
		expect(sends(again)).toEqual([TWO.phone]);
		expect(again.jsons).toEqual([sms(ONE), sms(TWO)]);
		const third = await sendTo([ONE, TWO, THREE], checking, { ...given, answer: withUnits(0) });
		expect(third.jsons).toMatchObject([sms(ONE), sms(TWO), { details: { outcome: 'notAttempted' } }]);
		const unreadable = await sendTo([{}, {}, THREE], checking, { ...given, answer: withUnits(1), goesOn: false });
		expect(unreadable.jsons).toEqual([sms(ONE), sms(TWO), sms(THREE)]);
	});

	it('counts only what an earlier call of a tool has not sent', async () => {
		const given = { node: { retryOnFail: true }, memory: {}, goesOn: true, asTool: true };
		await sendTo([ONE], {}, given);
		const lacking = await sendTo([TWO, ONE], checking, { ...given, answer: withUnits(0) });
		expect(sends(lacking)).toEqual([]);
		expect(lacking.jsons).toMatchObject([{ details: { outcome: 'notAttempted' } }, sms(ONE)]);
		const enough = await sendTo([TWO, ONE], checking, { ...given, answer: withUnits(1) });
		expect(sends(enough)).toEqual([TWO.phone]);
		expect(enough.jsons).toEqual([sms(TWO), sms(ONE)]);
	});

	it('is not made by operations without templates', async () => {
		const { asked } = await sendTo([ONE], checking, { answer: withUnits(1), goesOn: true }, getAppBalance);
		expect(asked.map(({ path }) => path)).toEqual(['/accounts/app']);
	});
});

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

	it('sends nothing of which nobody knows whether it was sent', async () => {
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
			const claims: string[][] = [];
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
			const { checkProcessedAndRecord } = context.helpers;
			context.helpers.checkProcessedAndRecord = async (entries, scope, options) => {
				if (scope === 'node') claims.push(entries.map(String));
				await sleep(200);
				return await checkProcessedAndRecord(entries, scope, options);
			};
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

it('asks again for what does no harm', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	let times = 0;
	const answer = () => {
		times += 1;
		return times < 3 ? breaks() : { body: { app_balance: 1 } };
	};
	const { asked } = await sendTo([ONE], {}, { answer, goesOn: true }, getAppBalance);
	expect(asked).toHaveLength(3);
	jest.restoreAllMocks();
});
