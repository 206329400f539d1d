import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { call, enterCode, enterNumber, open, post } from '../../support/visitor';
import { lastCodeFor } from './ledger';
import { VERIFICATION_TRIGGER, verificationWorkflow } from './workflows';
import type { Instance } from './instance';

/**
 * The verification trigger in a real n8n: the page as a browser without JavaScript uses it, and the JSON protocol.
 * @param get `servesPages`:
 * address of the process that visitors use; the client's when absent
 * @param version whether expressions of a webhook can read the request, as in n8n 2.x
 */
export function describeVerification(
	get: () => Pick<Instance, 'client' | 'credentials' | 'sandbox'> & { servesPages?: string },
	{ readsQuery }: { readsQuery: boolean },
) {
	describe('verification trigger', () => {
		let workflows = 0;

		/** Publishes a workflow, and waits until n8n knows both methods of its address. */
		const publish = async (parameters = {}, code?: string) => {
			workflows += 1;
			const { workflow, path } = verificationWorkflow(get(), `verification-${workflows}`, parameters, code);
			const saved = await get().client.createWorkflow(workflow);
			await get().client.activate(saved, [path]);
			const url = (get().servesPages ?? get().client.url) + path;
			await eventually(async () => {
				const response = await fetch(url, { method: 'PATCH' });
				expect(await response.text()).toMatch(/GET or POST/);
			});
			return { url, id: saved.id };
		};
		/** The last code to a number. */
		const codeFor = (mobile: string) => lastCodeFor(get().sandbox, mobile);
		const started = async (id: string, count: number) => {
			await eventually(async () => {
				expect(await get().client.readExecutions(id)).toHaveLength(count);
			});
			return (await get().client.readExecutions(id)).flatMap((one) => one.json(VERIFICATION_TRIGGER));
		};

		test('a visitor of the page verifies a number, and the workflow starts once', async () => {
			const mobile = '13800004001';
			const moreFields = { field: [{ name: 'name', label: 'Name', type: 'text', required: true }] };
			const { url, id } = await publish({
				moreFields,
				title: readsQuery ? '={{ "Hello " + $json.query.who }}' : '={{ "Hello " + "<Li>" }}',
			});
			const address = `${url}?who=%3CLi%3E`;
			const page = await open(address, { Origin: 'https://evil.example.com' });
			expect([page.status, page.heading]).toEqual([200, 'Hello <Li>']);
			expect(page.headers.get('content-security-policy')).toMatch(
				/^default-src 'none'.*frame-ancestors 'none'; sandbox/,
			);
			expect(page.headers.get('access-control-allow-origin')).toBeNull();
			const [asks, again] = await Promise.all(
				[1, 2].map(() => post(address, { ...page.forms[0], mobile, f_name: 'Li' })),
			);
			expect([asks.heading, again.heading]).toEqual(['Enter the code', 'Enter the code']);
			expect(get().sandbox.ledger.filter((entry) => entry.mobile === mobile)).toHaveLength(1);
			const { code, msg_id: msgId } = codeFor(mobile);
			const wrong = await enterCode(address, asks, code === '000000' ? '000001' : '000000');
			expect([wrong.status, wrong.alert]).toEqual([422, 'This code is not right. 4 tries left.']);
			const done = await enterCode(address, wrong, code);
			expect([done.status, done.heading]).toEqual([200, 'Your number is verified']);
			expect(done.headers.get('content-type')).toBe('text/html; charset=utf-8');
			expect((await enterCode(address, wrong, code)).heading).toBe('Your number is verified');
			expect(await started(id, 1)).toEqual([
				{ mobile, msg_id: msgId, verified_at: expect.stringMatching(/^\d{4}-/), name: 'Li' },
			]);
		});

		test('a visitor is taken to another page', async () => {
			const mobile = '13800004002';
			const { url } = await publish({ afterVerification: 'redirect', redirectUrl: 'https://example.com/?a=1' });
			const asks = await enterNumber(url, mobile);
			const done = await enterCode(url, asks, codeFor(mobile).code);
			expect(done.html).toContain('<meta http-equiv="refresh" content="0;url=https://example.com/?a=1" />');
		});

		test('an app gets a response as soon as the workflow has started', async () => {
			const mobile = '13800004003';
			const { url, id } = await publish({ options: { jsonApi: true, allowedOrigins: 'https://app.example.com' } });
			const headers = { Origin: 'https://app.example.com' };
			const { body } = await call(url, { mobile }, headers);
			expect(body).toEqual({ token: expect.any(String), retry_after: 60 });
			expect((await call(url, { token: body.token })).body).toMatchObject({ error: 'too_soon' });
			const done = await call(url, { token: body.token, code: codeFor(mobile).code }, headers);
			expect([done.status, done.body]).toEqual([200, { verified: true }]);
			expect(done.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
			expect((await call(url, { mobile }, { Origin: 'https://evil.example.com' })).status).toBe(403);
			expect(await started(id, 1)).toEqual([expect.objectContaining({ mobile })]);
		});

		test('an app gets the item of the last node, a visitor of the same address the last page', async () => {
			const { url, id } = await publish(
				{ respond: 'lastNode', options: { jsonApi: true } },
				'return [{ json: { session: `for ${$input.first().json.mobile}` } }];',
			);
			const { body } = await call(url, { mobile: '13800004004' });
			const done = await call(url, { token: body.token, code: codeFor('13800004004').code });
			expect([done.status, done.body]).toEqual([200, { session: 'for 13800004004' }]);
			const asks = await enterNumber(url, '13800004005');
			const page = await enterCode(url, asks, codeFor('13800004005').code);
			expect([page.status, page.heading]).toEqual([200, 'Your number is verified']);
			expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
			expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
			expect(await started(id, 2)).toHaveLength(2);
		});

		test('where the workflow fails while they wait, both are told', async () => {
			const { url } = await publish(
				{ respond: 'lastNode', options: { jsonApi: true } },
				'throw new Error("no account");',
			);
			const { body } = await call(url, { mobile: '13800004006' });
			expect((await call(url, { token: body.token, code: codeFor('13800004006').code })).status).toBe(500);
			const asks = await enterNumber(url, '13800004007');
			const page = await enterCode(url, asks, codeFor('13800004007').code);
			expect([page.status, page.heading]).toEqual([500, 'Something went wrong']);
		});

		test('a workflow whose settings cannot be right is not published', async () => {
			const { workflow, path } = verificationWorkflow(get(), 'verification-wrong', { templateId: '' });
			const saved = await get().client.createWorkflow(workflow);
			// n8n 1.x refuses at once, n8n 2.x in the background: the address never works.
			await get()
				.client.activate(saved)
				.catch(() => undefined);
			// A workflow that is right is there within a tenth of a second.
			await wait(2000);
			expect((await fetch(get().client.url + path)).status).toBe(404);
		});
	});
}
