import type { Page } from 'playwright-core';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { startSandbox, type Sandbox } from '../../sandbox';
import { authorizationOf, KEYS } from '../support/keys';
import { createCamera, INBOX_ARTIFACTS, openBrowser, settle, type Browser, type Photograph } from './support/browser';

/** The sandbox's inbox page, as somebody uses it who looks for what became of their messages. */
describe('the inbox', () => {
	let sandbox: Sandbox;
	let browser: Browser;
	let page: Page;
	let photograph: Photograph;
	const errors: string[] = [];
	/** What a test has opened and must be closed, even if it fails: a server left open would keep the run alive for ever. */
	const opened: http.Server[] = [];

	const post = async (where: string, body: object) =>
		await fetch(sandbox.baseUrl + where, {
			method: 'POST',
			headers: {
				authorization: authorizationOf(),
				'content-type': 'application/json',
			},
			body: JSON.stringify(body),
		});
	const show = (view: string) => page.getByRole('tab', { name: view }).click();
	const search = async (text: string) => {
		await show('Messages');
		await page.fill('#filter', text);
	};
	const main = () => page.locator('main');

	beforeAll(async () => {
		sandbox = await startSandbox();
		browser = await openBrowser();
		({ page } = browser);
		page.on('pageerror', ({ message }) => errors.push(message));
		photograph = createCamera(page, INBOX_ARTIFACTS);
		await page.setViewportSize({ width: 760, height: 780 });
		await page.goto(sandbox.url);
	});
	afterAll(async () => {
		await browser?.close();
		await sandbox?.close();
	});
	afterEach(async () => {
		for (const server of opened.splice(0)) {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
		await sandbox.callbacks.set(null);
		expect(errors).toEqual([]);
	});

	test('says what to do as long as it is empty', async () => {
		await main().getByText('Run a workflow with the JSms node').waitFor();
		await main().getByText('/v1/messages').waitFor();
		await photograph('empty');
	});

	test('shows messages as they come, and later whether they were delivered', async () => {
		await post('/codes', { mobile: '13800000001', temp_id: 1 });
		const order = { name: '王芳', order: 'A-1042', date: '5月4日' };
		await post('/messages', { mobile: '13800004003', temp_id: 2001, temp_para: order });
		const recipients = [
			{ mobile: '13800000002', temp_para: { name: '李雷' } },
			{ mobile: '13800000006', temp_para: { name: '韩梅梅' } },
		];
		await post('/messages/batch', { temp_id: 3001, tag: 'spring', recipients });
		await main().getByText('【示例科技】尊敬的王芳，您的订单A-1042预计于5月4日送达').waitFor();
		await page.locator('.state.good').nth(1).waitFor();
		await main().getByText('handset off or suspended').waitFor();
		await page.emulateMedia({ colorScheme: 'light' });
		await settle(page);
		await page.screenshot({ path: path.join(INBOX_ARTIFACTS, 'inbox.png') });
		await photograph('messages');
	});

	test('finds messages by their text', async () => {
		await search('订单');
		await page.locator('.message').first().waitFor();
		await page.waitForFunction(() => document.querySelectorAll('.message').length === 1);
		expect(await page.locator('#count').innerText()).toBe('1 of 3 messages');
		await search('没有');
		await main().getByText('No message with “没有”.').waitFor();
		await search('');
	});

	test('opens a message whole, by keyboard, with its parameters and its request', async () => {
		await page.waitForFunction(() => document.querySelectorAll('.message').length === 3);
		await page.locator('summary').nth(1).focus();
		await page.keyboard.press('Enter');
		await main().getByText('{{order}}').waitFor();
		await main().getByText('POST /v1/messages').first().waitFor();
		expect(await page.locator('details[open] pre').innerText()).toContain('"temp_id": 2001');
		await photograph('message');
	});

	test('shows what was refused, with code and reason', async () => {
		await show('Refused');
		await main().getByText('50006 invalid mobile').waitFor();
		await main().getByText('138 0000 0006').waitFor();
		for (const [text, count] of [
			['Invalid mobile', 1],
			['138 0000 0006', 1],
			['recipients', 0],
			['', 1],
		] as const) {
			await page.fill('#filter', text);
			await page.waitForFunction((wanted) => document.querySelectorAll('.lines > li').length === wanted, count);
		}
		await photograph('refused');
	});

	test('shows schedules, and cancels one', async () => {
		await post('/schedule', { send_time: '2099-05-04 10:30:00', mobile: '13800000001', temp_id: 2002 });
		await show('Scheduled');
		await main().getByText('2099-05-04 10:30:00').waitFor();
		await photograph('scheduled');
		await main().getByRole('button', { name: 'Cancel' }).click();
		await main().getByText('deleted').waitFor();
		expect(sandbox.schedules.list().map(({ status }) => status)).toEqual(['deleted']);
	});

	test('approves and rejects templates and signatures', async () => {
		await post('/templates', { template: '您好{{name}}，您的快递到了。', type: 2, remark: '快递通知' });
		await show('Templates');
		const added = main().locator('li', { hasText: '您的快递到了' });
		await photograph('templates');
		await added.getByRole('textbox').fill('内容不符合规范');
		await added.getByRole('button', { name: 'Reject' }).click();
		await main().getByText('reason: 内容不符合规范').waitFor();
		await show('Signatures');
		await main().getByRole('button', { name: 'Approve' }).click();
		await page.waitForFunction(() => !document.querySelector('main button'));
		expect(sandbox.signatures.list().map(({ status }) => status)).toEqual([1, 1, 1]);
	});

	test('lists every request with its answer, for those who look for a mistake', async () => {
		sandbox.fault({ kind: 'brokenJson' });
		await post('/messages', { mobile: '13800000001', temp_id: 2002 });
		await show('Requests');
		const line = main().locator('li', { hasText: 'fault: brokenJson' });
		await line.locator('summary').click();
		await line.getByText('"temp_id": 2002').waitFor();
		await photograph('requests');
	});

	test('shows whether the application was called back, as it happens, and what came of each try', async () => {
		let failures = 1;
		const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
			if (request.method === 'GET') {
				return response.end(new URL(String(request.url), 'http://x').searchParams.get('echostr'));
			}
			// By number, not by turn: messages of the tests before may be reported here, too.
			const data = new URLSearchParams(await readText(request)).get('data') ?? '{}';
			const { phone } = JSON.parse(data) as { phone?: string };
			return response.writeHead(phone === '13800000013' && failures-- > 0 ? 503 : 200).end();
		};
		const server = http.createServer((request, response) => void answer(request, response));
		opened.push(server);
		await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
		await fetch(`${sandbox.baseUrl}/report`, {
			headers: {
				authorization: authorizationOf(),
			},
		});
		await show('Messages');
		await main().getByText('report pulled').first().waitFor();
		await sandbox.callbacks.set(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
		sandbox.settings.callbacksAtOnce = 1;
		for (const ending of ['11', '12', '13']) await post('/messages', { mobile: `138000000${ending}`, temp_id: 2002 });
		const lineOf = (number: string) => main().locator('li.message', { hasText: number });
		await lineOf('138 0000 0012').getByText('callback taken', { exact: true }).waitFor();
		await lineOf('138 0000 0013').getByText('callback failed (503), repeats at').waitFor();
		await lineOf('138 0000 0013').locator('summary').click();
		await lineOf('138 0000 0013').getByText('/hook, 503, repeats').waitFor();
		await photograph('callbacks');
		sandbox.advance(180_000);
		await lineOf('138 0000 0013').getByText('callback taken at try 2').waitFor();
	});

	test('shows what was written to a number as a conversation, in which its owner can answer; on a phone, too', async () => {
		await page.setViewportSize({ width: 390, height: 760 });
		await show('Messages');
		await page.getByRole('button', { name: '138 0000 0001' }).first().click();
		await page.locator('#conversation .message').nth(1).waitFor();
		await page.fill('#reply', '好的，谢谢');
		await page.keyboard.press('Enter');
		await main().getByText('好的，谢谢').waitFor();
		expect(sandbox.receipts.replies).toMatchObject([{ phone: '13800000001', content: '好的，谢谢' }]);
		expect(await main().getByText('reply pulled').count()).toBe(0);
		sandbox.receipts.takeReplies(KEYS.appKey, 500);
		await post('/messages', { mobile: '13800000001', temp_id: 2002 });
		await main().getByText('reply pulled').waitFor();
		await photograph('conversation');
		const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
		expect(wide).toBe(false);
	});
});
