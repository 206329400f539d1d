import fs from 'node:fs';
import path from 'node:path';
import { source as AXE } from 'axe-core';
import { startInstance, type Instance } from '../e2e/support/instance';
import { lastCodeFor } from '../e2e/support/ledger';
import { verificationWorkflow, VERIFICATION_TRIGGER } from '../e2e/support/workflows';
import { eventually } from '../support/eventually';
import { emptyFolder, openBrowser, settle, VERIFICATION_ARTIFACTS, type Browser } from './support/browser';
import type { Page } from 'playwright-core';

type Locale = 'zh-CN' | 'en-US';
type Words = Record<
	'start' | 'mobile' | 'send' | 'invalid' | 'enter' | 'code' | 'verify' | 'wrong' | 'resend' | 'other' | 'done',
	string
> & { waiting: RegExp };

/** The page of the verification trigger in a real n8n, as visitors meet it. */
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const WORDS: Record<Locale, Words> = {
	'zh-CN': {
		start: '验证手机号',
		mobile: '手机号',
		send: '获取验证码',
		invalid: '请输入正确的 11 位中国大陆手机号。',
		enter: '输入验证码',
		code: '验证码',
		verify: '验证',
		wrong: '验证码错误，还可以尝试 4 次。',
		waiting: /^\d+ 秒后重新获取$/,
		resend: '重新获取',
		other: '更换手机号',
		done: '手机号验证成功',
	},
	'en-US': {
		start: 'Verify your mobile number',
		mobile: 'Mobile number',
		send: 'Send code',
		invalid: 'Enter a mobile number of mainland China with 11 digits.',
		enter: 'Enter the code',
		code: 'Code',
		verify: 'Verify',
		wrong: 'This code is not right. 4 tries left.',
		waiting: /^Send a new code in \d+ s$/,
		resend: 'Send a new code',
		other: 'Use another number',
		done: 'Your number is verified',
	},
};

/** What keeps people from using the page, as axe-core finds it: the rule, and where. */
async function barriersOn(page: Page) {
	// Not as a script of the page: its policy would stop that.
	await page.evaluate(AXE);
	return await page.evaluate(async () => {
		const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run();
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
	});
}

describe('the verification page', () => {
	let instance: Instance;
	let browser: Browser | undefined;
	const errors: string[] = [];
	let workflows = 0;
	let people = 0;

	beforeAll(async () => {
		emptyFolder(VERIFICATION_ARTIFACTS);
		instance = await startInstance('main');
	}, 180_000);
	afterAll(async () => await instance?.close());
	afterEach(async () => {
		await browser?.close();
		browser = undefined;
		expect(errors.splice(0)).toEqual([]);
	});

	const publish = async (parameters = {}) => {
		workflows += 1;
		const { workflow, path: address } = verificationWorkflow(instance, `page-${workflows}`, parameters);
		const saved = await instance.client.createWorkflow(workflow);
		await instance.client.activate(saved, [address]);
		const url = instance.client.url + address;
		await eventually(async () => {
			expect(await (await fetch(url, { method: 'PATCH' })).text()).toMatch(/GET or POST/);
		});
		return { url, id: saved.id };
	};
	const visit = async (differs: Parameters<typeof openBrowser>[0], url: string): Promise<Page> => {
		browser = await openBrowser(differs);
		const { page } = browser;
		page.on('pageerror', ({ message }) => errors.push(message));
		// Whatever the policy of the page stops is an error of the page.
		page.on('console', (line) => {
			if (line.type() === 'error' && /Content.Security.Policy/i.test(line.text())) errors.push(line.text());
		});
		await page.goto(url);
		return page;
	};
	const nextMobile = () => String(13800005000 + (people += 1) * 10 + 1);
	const messagesTo = (mobile: string) => instance.sandbox.ledger.filter((entry) => entry.mobile === mobile);
	const codeFor = (mobile: string) => lastCodeFor(instance.sandbox, mobile).code;
	const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
	const startedBy = async ({ id }: { id: string }, count: number) => {
		await eventually(async () => expect(await instance.client.readExecutions(id)).toHaveLength(count));
		return (await instance.client.readExecutions(id)).flatMap((one) => one.json(VERIFICATION_TRIGGER));
	};
	const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

	describe.each([
		['a phone', PHONE],
		['a desktop', DESKTOP],
	])('on %s', (device, size) => {
		describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
			test.each([
				['with JavaScript', true],
				['without JavaScript', false],
			])('works %s, light and dark', async (_, javaScriptEnabled) => {
				const words = WORDS[locale];
				const mobile = nextMobile();
				const trigger = await publish();
				const page = await visit({ ...size, locale, javaScriptEnabled }, trigger.url);
				const photograph = async (name: string) => {
					if (!javaScriptEnabled) return;
					for (const colorScheme of ['light', 'dark'] as const) {
						await page.emulateMedia({ colorScheme });
						const file = `${device.replace('a ', '')}-${locale}-${name}.${colorScheme}.png`;
						await page.screenshot({ path: path.join(VERIFICATION_ARTIFACTS, file) });
						expect([name, colorScheme, await barriersOn(page)]).toEqual([name, colorScheme, []]);
					}
				};
				const fits = async () => {
					const width = page.viewportSize()?.width;
					for (const one of await page.locator('main, input:visible, button').all()) {
						const box = await one.boundingBox();
						if (!box || box.x < 0) continue;
						expect(box.x + box.width).toBeLessThanOrEqual(Number(width));
					}
				};
				await page.getByRole('heading', { name: words.start }).waitFor();
				await photograph('1-start');
				await fits();
				await page.getByLabel(words.mobile).fill('123');
				await button(page, words.send).click();
				await page.getByRole('alert').filter({ hasText: words.invalid }).waitFor();
				await photograph('2-invalid');
				await page.getByLabel(words.mobile).fill(mobile);
				await button(page, words.send).click();
				await page.getByRole('heading', { name: words.enter }).waitFor();
				const resend = page.locator('button.second');
				if (javaScriptEnabled) {
					await eventually(async () => expect(await resend.textContent()).toMatch(words.waiting));
					expect(await resend.isDisabled()).toBe(true);
				} else {
					expect((await resend.textContent())?.trim()).toBe(words.resend);
				}
				await photograph('3-code');
				await fits();
				const code = codeFor(mobile);
				await page.getByLabel(words.code, { exact: true }).fill(wrong(code));
				await button(page, words.verify).click();
				await page.getByRole('alert').filter({ hasText: words.wrong }).waitFor();
				await photograph('4-wrong');
				await page.getByLabel(words.code, { exact: true }).fill(code);
				await button(page, words.verify).click();
				await page.getByRole('heading', { name: words.done }).waitFor();
				await photograph('5-done');
				expect(await startedBy(trigger, 1)).toMatchObject([{ mobile }]);
				expect(messagesTo(mobile)).toHaveLength(1);
			});
		});
	});

	test('works with the keyboard alone, and says what is wrong where the cursor is', async () => {
		const words = WORDS['en-US'];
		const mobile = nextMobile();
		const moreFields = { field: [{ name: 'name', label: 'Your name', type: 'text', required: false }] };
		const trigger = await publish({ moreFields });
		const page = await visit(DESKTOP, trigger.url);
		const focused = () =>
			page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());
		expect(await focused()).toBe('mobile');
		await page.keyboard.type(mobile);
		await page.keyboard.press('Tab');
		expect(await focused()).toBe('f_name');
		await page.keyboard.type('Li');
		await page.keyboard.press('Tab');
		expect(await focused()).toBe(words.send);
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: words.enter }).waitFor();
		expect(await focused()).toBe('code');
		await page.keyboard.type(wrong(codeFor(mobile)));
		await page.keyboard.press('Enter');
		await page.getByRole('alert').waitFor();
		expect(await focused()).toBe('code');
		expect(await page.locator('#code').getAttribute('aria-invalid')).toBe('true');
		await page.keyboard.type(codeFor(mobile));
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: words.done }).waitFor();
		expect(await startedBy(trigger, 1)).toMatchObject([{ mobile, name: 'Li' }]);
	});

	test('counts down, then sends another code', async () => {
		const words = WORDS['en-US'];
		const mobile = nextMobile();
		const trigger = await publish({ options: { resendAfter: 3 } });
		const page = await visit(PHONE, trigger.url);
		await page.getByLabel(words.mobile).fill(mobile);
		await button(page, words.send).click();
		const resend = page.locator('button.second');
		await eventually(async () => expect(await resend.isDisabled()).toBe(true));
		await eventually(async () => expect((await resend.textContent())?.trim()).toBe(words.resend));
		await resend.click();
		await eventually(async () => expect(messagesTo(mobile)).toHaveLength(2));
		await page.getByLabel(words.code, { exact: true }).fill(codeFor(mobile));
		await button(page, words.verify).click();
		await page.getByRole('heading', { name: words.done }).waitFor();
	});

	test('sends one code for two clicks and for a reload, and another number gets its own', async () => {
		const words = WORDS['en-US'];
		const [one, other] = [nextMobile(), nextMobile()];
		const trigger = await publish();
		const page = await visit(DESKTOP, trigger.url);
		await page.getByLabel(words.mobile).fill(one);
		await button(page, words.send).dblclick();
		await page.getByRole('heading', { name: words.enter }).waitFor();
		await page.reload();
		await page.getByRole('heading', { name: words.enter }).waitFor();
		expect(messagesTo(one)).toHaveLength(1);
		await page.getByRole('link', { name: words.other }).click();
		await page.getByRole('heading', { name: words.start }).waitFor();
		await page.getByLabel(words.mobile).fill(other);
		await button(page, words.send).click();
		await page.getByRole('heading', { name: words.enter }).waitFor();
		await page.goBack();
		await page.getByRole('heading', { name: words.start }).waitFor();
		await page.goForward();
		await page.getByLabel(words.code, { exact: true }).fill(codeFor(other));
		await button(page, words.verify).click();
		await page.getByRole('heading', { name: words.done }).waitFor();
		await page.reload();
		await page.getByRole('heading', { name: words.done }).waitFor();
		expect(await startedBy(trigger, 1)).toMatchObject([{ mobile: other }]);
	});

	test('has no access to the editor, whose origin it shares', async () => {
		const trigger = await publish();
		const page = await visit(DESKTOP, trigger.url);
		const found = await page.evaluate(async () => {
			const attempt = async (action: () => unknown) => {
				try {
					return String(await action());
				} catch (error) {
					return (error as Error).name;
				}
			};
			return {
				origin: self.origin,
				cookie: await attempt(() => document.cookie),
				storage: await attempt(() => localStorage.length),
				rest: await attempt(() => fetch('/rest/settings').then(({ status }) => status)),
				image: await attempt(
					() =>
						new Promise((resolve) => {
							const image = new Image();
							image.onload = () => resolve('loaded');
							image.onerror = () => resolve('stopped');
							image.src = '/favicon.ico';
						}),
				),
			};
		});
		expect(found).toEqual({
			origin: 'null',
			cookie: 'SecurityError',
			storage: 'SecurityError',
			rest: 'TypeError',
			image: 'stopped',
		});
		// The attempts themselves were reported.
		expect(errors.splice(0).length).toBeGreaterThan(0);
	});

	test('is not shown in a frame, unless its website is listed', async () => {
		const [closed, open] = [await publish(), await publish({ options: { embedOrigins: instance.client.url } })];
		const page = await visit(DESKTOP, `${instance.client.url}/healthz`);
		const inFrame = async (url: string) => {
			await page.evaluate((src) => {
				document.body.innerHTML = `<iframe src="${src}" width="600" height="600"></iframe>`;
			}, url);
			await page.waitForTimeout(1500);
			return (await page.frames()[1].getByRole('heading', { name: WORDS['en-US'].start }).count()) === 1;
		};
		expect([await inFrame(closed.url), await inFrame(open.url)]).toEqual([false, true]);
		expect(errors.splice(0)).toEqual([expect.stringContaining("frame-ancestors 'none'")]);
	});

	test('takes the visitor on where a redirect was chosen', async () => {
		const words = WORDS['en-US'];
		const mobile = nextMobile();
		const next = `${instance.client.url}/healthz`;
		const trigger = await publish({ afterVerification: 'redirect', redirectUrl: next });
		const page = await visit(PHONE, trigger.url);
		await page.getByLabel(words.mobile).fill(mobile);
		await button(page, words.send).click();
		await page.getByRole('heading', { name: words.enter }).waitFor();
		await page.getByLabel(words.code, { exact: true }).fill(codeFor(mobile));
		await button(page, words.verify).click();
		await page.waitForURL(next);
	});

	/** The picture of the documentation: four of the screens side by side. In a block, because blocks come last. */
	describe('in the documentation', () => {
		test('is shown as it was', async () => {
			const screens = ['zh-CN-1-start.light', 'zh-CN-4-wrong.light', 'en-US-3-code.dark', 'en-US-5-done.dark'];
			const sources = screens
				.map((name) => path.join(VERIFICATION_ARTIFACTS, `phone-${name}.png`))
				.map((file) => `data:image/png;base64,${fs.readFileSync(file).toString('base64')}`);
			const page = await visit({ viewport: { width: 1200, height: 560 } }, 'about:blank');
			const images = sources.map(
				(source) =>
					`<img src="${source}" style="width:285px;height:540px;object-fit:cover;object-position:top;border-radius:12px;border:1px solid #ccd1d9">`,
			);
			await page.setContent(
				`<body style="margin:10px;display:flex;gap:12px;background:#fff">${images.join('')}</body>`,
			);
			await settle(page);
			await page.screenshot({ path: path.join(VERIFICATION_ARTIFACTS, 'verification-page.png') });
		});
	});
});
