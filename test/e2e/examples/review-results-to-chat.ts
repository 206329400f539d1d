import { eventually } from '../../support/eventually';
import { startChat, type Chat } from '../support/chat';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

const PATH = '/webhook/review-results-to-chat/jsms';

export default (get: () => Instance, file: string) => {
	let chat: Chat;
	beforeEach(async () => (chat = await startChat()));
	afterEach(() => chat.close());

	test('the chat hears of an approved template and of a rejected signature, with the reason', async () => {
		const { client, sandbox } = get();
		const saved = await importWorkflow(get(), file, { 'Post to the chat': { url: chat.url } });
		await client.activate(saved, [PATH]);
		const url = client.url + PATH;
		await eventually(async () => {
			expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/);
		});
		await sandbox.callbacks.set(url);
		const heard = (...texts: string[]) =>
			eventually(async () => expect(chat.received.map(({ body }) => body.text?.content)).toEqual(texts), 60_000);
		sandbox.review('template', 4001, 1);
		await heard('Template 模板 4001: approved 审核通过');
		sandbox.review('signature', 37003, 2, '缺少授权书');
		await heard('Template 模板 4001: approved 审核通过', 'Signature 签名 37003: rejected 审核不通过 (缺少授权书)');
		await eventually(async () => expect(await client.countSuccesses(saved.id)).toBe(2), 30_000);

		chat.respond = () => ({ body: { code: 19001, msg: 'param invalid' } });
		sandbox.review('template', 4001, 2, '内容不完整');
		await eventually(async () => {
			const [newest] = await client.readExecutions(saved.id);
			expect(newest.status).toBe('error');
			expect(newest.error?.message).toBe('The chat refused the message: param invalid');
		}, 30_000);
		await client.deactivate(saved.id);
	});
};
