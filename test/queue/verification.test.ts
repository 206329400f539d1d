import { eventually } from '../support/eventually';
import { call, enterCode, open, post } from '../support/visitor';
import { describeVerification } from '../e2e/support/verification';
import { verificationWorkflow } from '../e2e/support/workflows';
import { Cluster } from './support/cluster';

describe.each([
	['n8n 2.x', 'main', true],
	['n8n 1.x', 'compat', false],
] as const)('%s in queue mode serves verification pages in its webhook process', (_version, leg, readsQuery) => {
	let cluster: Cluster;
	let workflows = 0;
	beforeAll(async () => {
		cluster = await Cluster.start(leg);
	}, 900_000);
	afterAll(() => cluster?.stop(), 120_000);

	const server = () => ({
		client: cluster.client,
		credentials: { jSmsApi: cluster.credential },
		sandbox: cluster.sandbox,
		servesPages: cluster.webhooks.url,
	});

	describeVerification(server, { readsQuery });

	describe('beside a second process that takes the same address', () => {
		/** Publishes a workflow, and waits until both processes know its address. */
		const publish = async (options = {}) => {
			workflows += 1;
			const parameters = { options: { jsonApi: true, ...options } };
			const { workflow, path } = verificationWorkflow(server(), `two-processes-${workflows}`, parameters);
			const saved = await cluster.client.createWorkflow(workflow);
			await cluster.client.activate(saved, [path]);
			const urls = [cluster.client.url + path, cluster.webhooks.url + path];
			for (const url of urls) {
				await eventually(async () =>
					expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/),
				);
			}
			return { urls, id: saved.id };
		};
		const messagesTo = (mobile: string) => cluster.sandbox.ledger.filter((entry) => entry.mobile === mobile);
		const wrong = (code: string | undefined, index: number) =>
			String((Number(code) + index) % 1_000_000).padStart(6, '0');

		test('holds: a visit goes on in the other process, and a code starts one workflow', async () => {
			const mobile = '13800004101';
			const { urls, id } = await publish();
			const [form] = (await open(urls[0])).forms;
			const asks = await post(urls[1], { ...form, mobile });
			expect(asks.heading).toBe('Enter the code');
			const [{ code }] = messagesTo(mobile);
			expect((await enterCode(urls[0], asks, String(code))).heading).toBe('Your number is verified');
			const again = await enterCode(urls[1], asks, String(code));
			expect([again.status, again.alert]).toEqual([409, 'This code was already used. Request a new code.']);
			await eventually(async () => expect(await cluster.client.countSuccesses(id)).toBe(1));
		});

		test('does not hold: each process counts codes and tries for itself, and knows only its own forms', async () => {
			const mobile = '13800004102';
			const { urls } = await publish({ triesPerCode: 2 });
			const tokens: unknown[] = [];
			for (const url of urls) tokens.push((await call(url, { mobile })).body.token);
			expect(messagesTo(mobile)).toHaveLength(2);
			const [{ code }] = messagesTo(mobile);
			const statuses: number[] = [];
			for (const url of urls) {
				for (const index of [1, 2, 3]) {
					const guess = wrong(code, statuses.length + index);
					statuses.push((await call(url, { token: tokens[0], code: guess })).status);
				}
			}
			expect(statuses).toEqual([422, 422, 429, 422, 422, 429]);
			const other = '13800004103';
			const [form] = (await open(urls[0])).forms;
			for (const url of urls) await post(url, { ...form, mobile: other });
			expect(messagesTo(other)).toHaveLength(2);
		});
	});
});
