import { sleep, type IDataObject } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsReceiptTrigger } from '../../nodes/JSms/JSmsReceiptTrigger.node';
import { createPoller, type PollerOptions } from '../support/poller';
import { NOBODY, numbers, useService } from './service';

// Five seconds between calls are the service's rule; the sandbox keeps to no gap here.
jest.mock('../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 100 }));

/** Polling: what n8n gets, and what must not get lost. */
const service = useService({ pullIntervalSeconds: 0, frequencyRules: 'off', magicEndings: false, reportDelayMs: 0 });
const poller = (differs: Partial<PollerOptions> = {}, keys: IDataObject = {}) =>
	createPoller({
		name: 'JSms Receipt Trigger',
		type: 'n8n-nodes-jsms.jSmsReceiptTrigger',
		nodeType: new JSmsReceiptTrigger(),
		credentialTypes: [new JSmsApi()],
		credentials: { jSmsApi: { ...service.keys.jSmsApi, ...keys } as never },
		...differs,
	});
const REPORTS = { events: ['deliveryReport'] };

async function send(...mobiles: string[]) {
	const { appKey, masterSecret } = service.keys.jSmsApi as { appKey: string; masterSecret: string };
	for (let at = 0; at < mobiles.length; at += 1000) {
		const recipients = mobiles.slice(at, at + 1000).map((mobile) => ({ mobile }));
		await fetch(`${service.sandbox.baseUrl}/messages/batch`, {
			method: 'POST',
			headers: {
				authorization: `Basic ${Buffer.from(`${appKey}:${masterSecret}`).toString('base64')}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ temp_id: 2002, recipients }),
		});
	}
}
const pulls = () => service.calls.filter((call) => ['GET /report', 'GET /reply'].includes(call));
const phonesOf = (items: IDataObject[] | null) => items?.map(({ phone }) => phone);

it('gives replies and reports as one execution, marked with their event', async () => {
	await send('13800000001');
	service.sandbox.reply('13800000001', '好的');
	const [{ msg_id }] = service.sandbox.ledger;
	expect(await poller()()).toEqual([
		expect.objectContaining({ event: 'reply', phone: '13800000001', content: '好的' }),
		expect.objectContaining({ event: 'deliveryReport', msg_id, msgId: msg_id, delivered: true }),
	]);
});

it('starts nothing when there is nothing', async () => {
	expect(await poller()()).toBeNull();
	expect(pulls()).toEqual(['GET /reply', 'GET /report']);
});

it('leaves with JSMS what was not chosen', async () => {
	await send('13800000001');
	expect(await poller({ parameters: { events: ['reply'] } })()).toBeNull();
	expect(await poller({ parameters: REPORTS })()).toHaveLength(1);
});

it('reads as many pages as the limit allows, and the rest with the next polls; none is lost or doubled', async () => {
	const mobiles = numbers(2300);
	await send(...mobiles);
	const poll = poller({ parameters: { ...REPORTS, options: { maxRecords: 1000 } } });
	const polls = [await poll(), await poll(), await poll(), await poll()];
	expect(polls.map((items) => items?.length ?? 0)).toEqual([1000, 1000, 300, 0]);
	expect(polls.flatMap((items) => phonesOf(items) ?? [])).toEqual(mobiles);
});

it('begins no page that could end after the next poll is due', async () => {
	await send(...numbers(1500));
	// The turn of the test before.
	await sleep(100);
	// A second page would have to wait 100 ms for its turn.
	expect(await poller({ parameters: REPORTS, budgetMs: 90 })()).toHaveLength(500);
	expect(await poller({ parameters: REPORTS })()).toHaveLength(1000);
});

it('skips a poll while another one reads for the same application', async () => {
	await send(...numbers(600));
	const first = poller({ parameters: REPORTS })();
	expect(await poller({ parameters: REPORTS })()).toBeNull();
	expect(await first).toHaveLength(600);
});

it('takes one page when a person tries it in the editor, and says in words that there is nothing', async () => {
	await send(...numbers(700));
	const poll = poller({ mode: 'manual', activation: 'activate', parameters: REPORTS });
	expect(await poll()).toHaveLength(500);
	expect(await poll()).toHaveLength(200);
	await expect(poll()).rejects.toMatchObject({
		message: 'No new reports or replies yet',
		description: expect.stringContaining('callbacks are on') as string,
	});
});

describe('at activation', () => {
	it('checks the keys without reading anything, once', async () => {
		await send('13800000001');
		const poll = poller({ activation: 'activate', parameters: REPORTS });
		expect(await poll()).toBeNull();
		expect(service.calls.slice(1)).toEqual(['GET /accounts/app']);
		expect(await poll()).toHaveLength(1);
	});

	it('refuses wrong keys with a sentence that says what to do', async () => {
		await expect(poller({ activation: 'activate' }, { masterSecret: 'dummy-wrong' })()).rejects.toMatchObject({
			message: expect.stringMatching(
				/^JSMS did not accept the keys \(50002 auth failed\)\. Copy App Key and Master Secret again/,
			) as string,
			failure: { cause: 'credential-invalid' },
		});
		expect(pulls()).toEqual([]);
	});

	it('takes an application without a quota of its own', async () => {
		const keys = { appKey: 'exampleappkey00000000004', masterSecret: 'dummymastersecret0000004' };
		expect(await poller({ activation: 'activate' }, keys)()).toBeNull();
	});
});

describe('when a page fails', () => {
	it('gives out what arrived before, never asks for the lost page again, and tells with the next poll', async () => {
		const mobiles = numbers(1200);
		await send(...mobiles);
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/report', after: 1 });
		const poll = poller({ parameters: REPORTS });
		expect(phonesOf(await poll())).toEqual(mobiles.slice(0, 500));
		expect(pulls()).toHaveLength(2);
		await expect(poll()).rejects.toMatchObject({
			message: expect.stringMatching(/the result is unknown$/) as string,
			description: expect.stringContaining('up to 500 may be lost here') as string,
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(pulls()).toHaveLength(2);
		expect(phonesOf(await poll())).toEqual(mobiles.slice(1000));
	});

	it('goes on with the other kind when only one is refused, as with callbacks for it', async () => {
		await send('13800000001');
		service.sandbox.fault({ kind: 'answer', code: 50016, path: '/v1/reply' });
		const poll = poller();
		expect(await poll()).toMatchObject([{ event: 'deliveryReport' }]);
		await expect(poll()).rejects.toMatchObject({
			description: expect.stringContaining('JSMS may refuse polling while they are on') as string,
		});
	});
});

describe('when nothing arrives', () => {
	it.each([
		['wrong keys', { masterSecret: 'dummy-wrong' }, /auth failed/, 'credential-invalid'],
		['an address that is down', { baseUrl: NOBODY }, /could not connect/, 'temporarily-unavailable'],
		['an address that is not safe', { baseUrl: 'http://jsms.example.com/v1' }, /unencrypted/, 'configuration-invalid'],
	])('says so: %s', async (_, keys, sentence, cause) => {
		await expect(poller({}, keys)()).rejects.toMatchObject({
			message: expect.stringMatching(sentence) as string,
			failure: { cause },
		});
	});

	it('has n8n wait when the service was asked too often', async () => {
		service.sandbox.fault({ kind: 'answer', code: 50009 });
		await expect(poller()()).rejects.toMatchObject({ failure: { cause: 'rate-limited', retryAfterMs: 60_000 } });
	});

	it('names what is wrong with the fields', async () => {
		await expect(poller({ parameters: { events: [] } })()).rejects.toMatchObject({ message: "'Events' is empty" });
		await expect(poller({ parameters: { options: { maxRecords: 0 } } })()).rejects.toMatchObject({
			message: expect.stringMatching(/^'Max Records per Poll' must be .+, not the number 0/) as string,
		});
	});
});
