import { callbackForm, postCallback } from '../../support/callbacks';
import { eventually } from '../../support/eventually';
import { startChat, type Chat } from '../support/chat';
import type { Instance } from '../support/instance';
import { KEYS } from '../../support/keys';
import { importWorkflow } from '../support/workflows';

const PATH = '/webhook/reply-to-crm-and-chat/jsms';

export default (get: () => Instance, file: string) => {
	let chat: Chat;
	beforeEach(async () => (chat = await startChat()));
	afterEach(() => chat.close());

	test('a reply is saved once and posted once, without the whole number; failures of CRM and chat are seen', async () => {
		const { client } = get();
		const saved = await importWorkflow(get(), file, {
			'Save in the CRM': { url: `${chat.url}/crm` },
			'Post to the chat': { url: `${chat.url}/chat` },
		});
		await client.activate(saved, [PATH]);
		const url = client.url + PATH;
		await eventually(async () => {
			expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/);
		});
		const reply = (replyTime: number, content: string) => ({ content, phone: '13800005101', replyTime });
		let count = 0;
		const post = async (data: object) => {
			expect((await postCallback(url, callbackForm(KEYS, 'SMS_REPLY', data))).status).toBe(200);
			count += 1;
			await eventually(async () => expect(await client.readExecutions(saved.id)).toHaveLength(count), 60_000);
			return (await client.readExecutions(saved.id))[0];
		};
		const message = (content: string) => ({ path: '/chat', body: { msgtype: 'text', text: { content } } });

		const now = Date.now();
		expect((await post(reply(now, '请改到周五'))).status).toBe('success');
		expect(chat.received).toEqual([
			{
				path: '/crm',
				body: { mobile: '13800005101', text: '请改到周五', replied_at: new Date(now).toISOString() },
			},
			message('138****5101: 请改到周五'),
		]);

		// The same reply, signed anew.
		expect((await post(reply(now, '请改到周五'))).status).toBe('success');
		expect(chat.received).toHaveLength(2);

		chat.received.length = 0;
		chat.respond = (path) => (path === '/crm' ? { status: 500, body: {} } : { body: { code: 0, msg: 'success' } });
		expect((await post(reply(now + 1000, '好的'))).status).toBe('success');
		expect(chat.received.filter(({ path }) => path === '/chat')).toEqual([
			message('138****5101: 好的 (not saved in the CRM)'),
		]);

		chat.respond = () => ({ body: { errcode: 93000, errmsg: 'invalid webhook url' } });
		const refused = await post(reply(now + 2000, '谢谢'));
		expect(refused.status).toBe('error');
		expect(refused.error?.message).toBe('The chat refused the message: invalid webhook url');
		await client.deactivate(saved.id);
	});

	test('with a JSms Receipt Trigger every reply of a poll is saved and posted', async () => {
		const { client, sandbox } = get();
		const addresses = {
			'Save in the CRM': { url: `${chat.url}/crm` },
			'Post to the chat': { url: `${chat.url}/chat` },
		};
		const polling = {
			type: 'n8n-nodes-jsms.jSmsReceiptTrigger',
			typeVersion: 1,
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, events: ['reply'], options: {} },
		};
		const saved = await importWorkflow(get(), file, addresses, { Reply: polling });
		sandbox.reply('13800005101', '好的');
		sandbox.reply('13800005102', '谢谢');
		const execution = await client.run(saved, 'Reply');
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		const bodies = (path: string) => chat.received.filter((one) => one.path === path).map(({ body }) => body);
		expect(
			bodies('/crm')
				.map(({ mobile, text }) => [mobile, text])
				.sort(),
		).toEqual([
			['13800005101', '好的'],
			['13800005102', '谢谢'],
		]);
		expect(
			bodies('/chat')
				.map(({ text }) => text?.content)
				.sort(),
		).toEqual(['138****5101: 好的', '138****5102: 谢谢']);
	});
};
