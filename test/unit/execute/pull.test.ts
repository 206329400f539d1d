import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { HttpContext } from '../../../nodes/JSms/api/request';
import type { Outcome } from '../../../nodes/JSms/api/outcome';
import { applicationOf, failureOfPull, pullFor } from '../../../nodes/JSms/execute/pull';
import { FULL_PAGE } from '../../../nodes/JSms/receipts/pull';

// Five seconds between calls are the service's rule; a shorter gap shows the same.
jest.mock('../../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 60 }));

/** How pages are pulled at the pace of the service, and what ends it. */

const page = (size: number): Outcome => ({ class: 'accepted', body: new Array(size).fill({}) });
const context = (signal?: AbortSignal) => ({ getExecutionCancelSignal: () => signal }) as unknown as HttpContext;

/** Pulls from a service that always has a full page; notes what was asked and when. */
async function pull(
	application: string,
	{
		latest,
		limit = 2 * FULL_PAGE,
		signal,
		send = async () => page(FULL_PAGE),
	}: { latest?: number; limit?: number; signal?: AbortSignal; send?: () => Promise<Outcome> } = {},
) {
	const asked: Array<{ path: string; method: string }> = [];
	const times: number[] = [];
	const pulled = await pullFor(context(signal), application, 'deliveryReport', limit, latest, async (request) => {
		asked.push({ method: request.method, path: request.path });
		times.push(Date.now());
		return await send();
	});
	return { asked, times, count: pulled.records.length, more: pulled.more };
}

it('asks for reports under their path, and waits between pages', async () => {
	const { asked, times, count } = await pull('pages');
	expect(asked).toEqual(new Array(2).fill({ method: 'GET', path: '/report' }));
	expect(times[1] - times[0]).toBeGreaterThanOrEqual(55);
	expect(count).toBe(2 * FULL_PAGE);
});

it('asks for replies under theirs', async () => {
	let path = '';
	await pullFor(context(), 'replies', 'reply', 1, undefined, async (request) => {
		path = request.path;
		return page(0);
	});
	expect(path).toBe('/reply');
});

it('waits for another execution that pulls for the same application, and for no other', async () => {
	const order: string[] = [];
	const times: number[] = [];
	const one = async (application: string, name: string) =>
		await pull(application, {
			limit: 1,
			send: async () => {
				order.push(name);
				times.push(Date.now());
				return page(1);
			},
		});
	await Promise.all([one('shared', 'first'), one('shared', 'second'), one('other', 'stranger')]);
	expect(order).toEqual(['first', 'stranger', 'second']);
	expect(times[2] - times[0]).toBeGreaterThanOrEqual(55);
});

it('lets the next one pull after a call that broke', async () => {
	await expect(pull('broken', { send: async () => await Promise.reject(new Error('broken')) })).rejects.toThrow(
		'broken',
	);
	expect((await pull('broken', { limit: 1 })).count).toBe(FULL_PAGE);
});

it('begins no page after its time', async () => {
	const now = 1_800_000_000_000;
	jest.spyOn(Date, 'now').mockReturnValue(now);
	expect((await pull('late', { latest: now - 1 })).asked).toEqual([]);
	// The first one may begin; the pause before the second would end too late.
	const { asked, count, more } = await pull('late', { latest: now + 59 });
	expect([asked.length, count, more]).toEqual([1, FULL_PAGE, true]);
	jest.restoreAllMocks();
});

it('goes on while there is time', async () => {
	const { asked, count } = await pull('early', { latest: Date.now() + 3_600_000 });
	expect([asked.length, count]).toEqual([2, 2 * FULL_PAGE]);
});

it('begins no page once the execution was cancelled, also while it waits', async () => {
	expect((await pull('cancelled', { signal: AbortSignal.abort() })).asked).toEqual([]);
	const stop = new AbortController();
	const { asked } = await pull('cancelled', {
		signal: stop.signal,
		send: async () => {
			void sleep(10).then(() => stop.abort());
			return page(FULL_PAGE);
		},
	});
	expect(asked).toHaveLength(1);
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
	expect(failureOfPull(refused)).toMatchObject({ outcome: 'notAttempted', hint: 'Wait.' });
	expect(failureOfPull({ class: 'unknown', message: 'Broken', hint: 'Look.' })).toMatchObject({
		outcome: 'unknown',
		hint: 'JSMS hands each record out only once: up to 500 of them may be lost. Look them up in the statistics of the Jiguang console.',
	});
});
