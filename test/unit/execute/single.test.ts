import { sleep, type IDataObject } from 'n8n-workflow';

import { runSingle } from '../../../nodes/JSms/execute/single';
import { getAppBalance } from '../../../nodes/JSms/resources/account/getAppBalance.operation';
import { send } from '../../../nodes/JSms/resources/message/send.operation';
import { verify } from '../../../nodes/JSms/resources/verificationCode/verify.operation';
import { acceptAll, breaks, contextOf, phones, refusal, type Asked } from './context';
import { answering, heldBack, numbersOf, ONE, sendTo, sms, THREE, TWO, withUnits } from './singleRun';

/** A run of an operation that makes one request per item, from its items to its output. */

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
