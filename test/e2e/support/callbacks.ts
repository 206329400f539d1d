import { setTimeout as wait } from 'node:timers/promises';
import fs from 'node:fs';
import { callbackForm, postCallback, reports, type CallbackForm } from '../../support/callbacks';
import { eventually } from '../../support/eventually';
import type { Instance } from './instance';
import { KEYS } from '../../support/keys';
import { JSMS_TRIGGER, triggerWorkflow } from './workflows';

export type Receiver = Pick<Instance, 'client' | 'credentials' | 'log'>;

/**
 * Callbacks to a trigger in production, sent as the service sends them.
 * @param get `takesCallbacks`: address of the process that they are sent to, whose
 * log `log` is; the client's when absent
 */
export function describeCallbacks(get: () => Receiver & { takesCallbacks?: string }) {
	describe('callbacks', () => {
		let url: string;
		let workflowId: string;
		let workflows = 0;

		beforeEach(async () => {
			workflows += 1;
			const { workflow, path } = triggerWorkflow(get(), `callbacks-${workflows}`);
			const saved = await get().client.createWorkflow(workflow);
			await get().client.activate(saved, [path]);
			url = (get().takesCallbacks ?? get().client.url) + path;
			workflowId = saved.id;
			// n8n registers one method after the other. Asked with one that nobody uses, it names those it has.
			await eventually(async () => expect(await textOf(url, 'PATCH')).toMatch(/GET or POST/));
		});

		const report = (data: unknown, options?: Parameters<typeof callbackForm>[3]) =>
			callbackForm(KEYS, 'SMS_REPORT', data, options);
		/** What the executions began with, once there are so many. */
		const started = async (count: number) => {
			await eventually(async () => {
				expect(await get().client.countSuccesses(workflowId)).toBeGreaterThanOrEqual(count);
			}, 60_000);
			const executions = await get().client.readExecutions(workflowId);
			expect(executions).toHaveLength(count);
			return executions.flatMap((execution) => execution.json(JSMS_TRIGGER));
		};
		/** Starts one more, so that "nothing was started" is not just too early. */
		const startedBefore = async (last: object) => {
			expect((await postCallback(url, report(last))).status).toBe(200);
			return started(1);
		};

		test('GET gives back the text of the check, POST on the same path starts the workflow', async () => {
			const check = await fetch(`${url}?echostr=aB3dE6gH`);
			expect([check.status, await check.text()]).toEqual([200, 'aB3dE6gH']);
			expect(check.headers.get('content-type')).toMatch(/^text\/plain/);
			const [data] = reports(1);
			const form = report(data, { nonce: '-4962768465676381896' });
			expect(await postCallback(url, form)).toMatchObject({ status: 200, text: '' });
			expect(await started(1)).toEqual([
				expect.objectContaining({
					event: 'deliveryReport',
					...data,
					type: 'SMS_REPORT',
					timestamp: form.timestamp,
					nonce: '-4962768465676381896',
				}),
			]);
		});

		test('loses and doubles none of 1,000, 50 at a time', async () => {
			const all = reports(1000);
			const statuses = await sendAll(
				url,
				all.map((data) => report(data)),
				50,
			);
			expect(new Set(statuses)).toEqual(new Set([200]));
			const ids = (await started(1000)).map(({ msgId }) => msgId);
			expect(ids.sort()).toEqual(all.map(({ msgId }) => msgId));
		}, 900_000);

		test('starts nothing twice when each is repeated, at the same moment and later', async () => {
			const forms = reports(100).map((data) => report(data));
			const once = await sendAll(
				url,
				forms.flatMap((form) => [form, form]),
				50,
			);
			const again = await sendAll(url, forms, 50);
			expect(new Set([...once, ...again])).toEqual(new Set([200]));
			const ids = (await started(100)).map(({ msgId }) => msgId);
			expect(new Set(ids).size).toBe(100);
		}, 300_000);

		test('refuses what is not genuine with the right status, and says so in the log without telling what came', async () => {
			const [data, last] = reports(2);
			const form = report(data);
			const refused: Array<[status: number, body: Record<string, string>]> = [
				[401, { ...form, signature: form.signature.replace(/^./, (letter) => (letter === 'a' ? 'b' : 'a')) }],
				[401, report(data, { timestamp: Date.now() - 15 * 3_600_000 })],
				[400, { ...form, data: '' }],
				[400, report('{"msgId":')],
				[400, callbackForm(KEYS, 'SMS_CALL', data)],
				[413, report({ ...data, more: 'x'.repeat(70_000) })],
			];
			for (const [status, body] of refused) expect((await postCallback(url, body)).status).toBe(status);
			expect((await startedBefore(last)).map(({ msgId }) => msgId)).toEqual([last.msgId]);
			const log = fs.readFileSync(get().log, 'utf8');
			expect(log.match(/refused a callback with 4\d\d/g)).toHaveLength(refused.length);
			for (const hidden of [data.phone, form.nonce, form.signature, KEYS.masterSecret])
				expect(log).not.toContain(hidden);
		});
	});
}

async function textOf(url: string, method: string) {
	return (await fetch(url, { method })).text();
}

/**
 * Sends forms, so many at a time.
 * @returns the statuses
 */
async function sendAll(url: string, forms: CallbackForm[], atOnce: number): Promise<number[]> {
	const waiting = [...forms];
	const statuses: number[] = [];
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let form = waiting.pop(); form; form = waiting.pop()) statuses.push(await sendLikeJsms(url, form));
		}),
	);
	return statuses;
}

/** A busy n8n 1.x can respond with 503 before the node is asked ("Database is not ready"). JSMS sends such a callback again, only later. */
async function sendLikeJsms(url: string, form: CallbackForm): Promise<number> {
	for (let tries = 1; ; tries += 1) {
		const { status } = await postCallback(url, form);
		if (status !== 503 || tries === 4) return status;
		await wait(2_000);
	}
}
