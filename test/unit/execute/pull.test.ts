import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { HttpContext } from '../../../nodes/JSms/api/request';
import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { applicationOf, failureOfPull, pullFor } from '../../../nodes/JSms/execute/pull';
import { describeRefusal } from '../../../nodes/JSms/model/returnCodes';
import { FULL_PAGE } from '../../../nodes/JSms/receipts/pull';

// Five seconds between calls are the service's rule; a shorter gap shows the same.
jest.mock('../../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 500 }));

/** How pages are pulled at the pace of the service, and what ends it, by a clock that passes pauses at once. */

const NOW = 1_800_000_000_000;
/** What `performance.now()` gives at the start of each test. */
let start = 0;
beforeEach(() => {
	jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'queueMicrotask'] });
	start = performance.now();
});
afterEach(() => jest.useRealTimers());

const page = (size: number): Outcome => ({ class: 'accepted', body: new Array(size).fill({}) });
const context = (signal?: AbortSignal) => ({ getExecutionCancelSignal: () => signal }) as unknown as HttpContext;

interface Given {
	latest?: number;
	limit?: number;
	signal?: AbortSignal;
	send?: () => Promise<Outcome>;
}

/** Pulls from a service that always has a full page; notes what was asked, and when, counted from the start. */
async function pull(
	application: string,
	{ latest = Infinity, limit = 2 * FULL_PAGE, signal, send = async () => page(FULL_PAGE) }: Given = {},
) {
	const asked: Array<{ path: string; method: string }> = [];
	const times: number[] = [];
	const pulling = pullFor(context(signal), application, 'deliveryReport', limit, latest, async (request) => {
		asked.push({ method: request.method, path: request.path });
		times.push(performance.now() - start);
		return await send();
	});
	const [ended] = await Promise.allSettled([pulling, jest.runAllTimersAsync()]);
	if (ended.status === 'rejected') throw ended.reason;
	return {
		asked,
		times,
		endedAt: performance.now() - start,
		count: ended.value.records.length,
		more: ended.value.more,
	};
}

it('asks for reports under their path, and waits between pages', async () => {
	const { asked, times, count } = await pull('pages');
	expect(asked).toEqual(new Array(2).fill({ method: 'GET', path: '/report' }));
	expect(times).toEqual([0, 500]);
	expect(count).toBe(2 * FULL_PAGE);
});

it('asks for replies under theirs', async () => {
	let path = '';
	await pullFor(context(), 'replies', 'reply', 1, Infinity, async (request) => {
		path = request.path;
		return page(0);
	});
	expect(path).toBe('/reply');
});

it('waits for another execution that pulls for the same application, and for no other', async () => {
	const order: Array<[string, number]> = [];
	const one = async (application: string, name: string) =>
		await pull(application, {
			limit: 1,
			send: async () => {
				order.push([name, performance.now() - start]);
				return page(1);
			},
		});
	await Promise.all([one('shared', 'first'), one('shared', 'second'), one('other', 'stranger')]);
	expect(order).toEqual([
		['first', 0],
		['stranger', 0],
		['second', 500],
	]);
});

it('lets the next one pull after a call that broke', async () => {
	const broken = async () => await Promise.reject(new Error('broken'));
	await expect(pull('broken', { send: broken })).rejects.toThrow('broken');
	expect(await pull('broken', { limit: 1 })).toMatchObject({ times: [500], count: FULL_PAGE });
});

it('begins no page after its time', async () => {
	expect((await pull('late', { latest: start - 1 })).asked).toEqual([]);
	expect(await pull('in time', { latest: start, limit: 1 })).toMatchObject({ times: [0] });
	// The first one may begin; the pause before the second would end too late.
	const late = await pull('second late', { latest: start + 499 });
	expect(late).toMatchObject({ times: [0], endedAt: 0, count: FULL_PAGE, more: true });
	expect(await pull('second in time', { latest: start + 500 })).toMatchObject({ times: [0, 500] });
});

it.each([
	['back', -86_400_000],
	['forward', 86_400_000],
])('keeps to its pace when the clock of the machine is set %s', async (direction, jump) => {
	const name = `clock ${direction}`;
	let pages = 0;
	const send = async () => {
		pages += 1;
		if (pages === 2) jest.setSystemTime(Date.now() + jump);
		return page(FULL_PAGE);
	};
	expect(await pull(name, { limit: 4 * FULL_PAGE, latest: start + 60_000, send })).toMatchObject({
		times: [0, 500, 1000, 1500],
	});
});

it('begins no page once the execution was canceled, also while it waits', async () => {
	expect((await pull('cancelled', { signal: AbortSignal.abort() })).asked).toEqual([]);
	const stop = new AbortController();
	const send = async () => {
		void sleep(10).then(() => stop.abort());
		return page(FULL_PAGE);
	};
	const { times, endedAt } = await pull('cancelled', { signal: stop.signal, send });
	expect([times, endedAt]).toEqual([[0], 200]);
});

it('names an application by its keys without showing them', async () => {
	const of = async (credential: object) =>
		await applicationOf({ getCredentials: async () => credential } as unknown as IExecuteFunctions);
	const example = { appKey: 'exampleappkey', baseUrl: 'https://jsms.example.com/v1' };
	const name = await of(example);
	expect(name).toMatch(/^[0-9a-f]{32}$/);
	expect(await of({ ...example, masterSecret: 'dummy' })).toBe(name);
	expect(await of({ ...example, appKey: 'otherexample' })).not.toBe(name);
	expect(await of({ ...example, baseUrl: 'https://other.example.com/v1' })).not.toBe(name);
});

it('says that records may be lost only where the request may have arrived', () => {
	const refused = { class: 'notAttempted' as const, message: 'Nobody answers', hint: 'Wait.' };
	expect(failureOfPull(refused)).toMatchObject({
		outcome: 'notAttempted',
		message: 'Nobody answers',
		hint: expect.stringMatching(/^No records are lost: JSMS keeps them for three days\. /) as string,
		safeToRetry: true,
	});
	const { message, hint } = describeRefusal(50014, undefined, 403);
	expect(failureOfPull({ class: 'refused', ...describeRefusal(50014, undefined, 403) })).toMatchObject({
		outcome: 'refused',
		message,
		hint,
	});
	expect(failureOfPull({ class: 'unknown', message: 'Broken', hint: 'Look.' })).toMatchObject({
		outcome: 'unknown',
		hint: 'JSMS gives out each record only once, so up to 500 may be lost here. You can still see them in the Jiguang console: delivery status under 发送记录 (send records), replies under 回复记录 (reply records).',
	});
});
