import { SendCounter } from '../../nodes/JSms/verification/limits';
import { askAgain, enterCode, enterNumber, open, post } from '../support/visitor';
import { NOBODY, useService } from './service';
import { logLines, startedBy, useVerification } from './verificationHost';

jest.mock('../../nodes/JSms/verification/formPace', () => ({ SHORTEST_VISIT_MS: 0 }));

/** The page of the verification trigger, used as a browser without JavaScript does. */
const service = useService({ frequencyRules: 'off' });
const verification = useVerification(service);
const { host } = verification;
const MOBILE = '13800000001';

describe('a visitor', () => {
	it('enters number and code, and the workflow starts once with the verified number', async () => {
		const trigger = await host();
		const start = await open(trigger.url);
		expect([start.status, start.heading]).toEqual([200, 'Verify your mobile number']);
		const code = await post(trigger.url, { ...start.forms[0], mobile: '+86 138 0000-0001' });
		expect([code.status, code.heading, code.asksForCode, code.alert]).toEqual([200, 'Enter the code', true, undefined]);
		expect(code.html).toContain('138****0001');
		expect(code.html).not.toContain(MOBILE);
		expect(service.bodies).toEqual([{ mobile: MOBILE, temp_id: 1 }]);
		expect(trigger.executions).toEqual([]);
		const done = await enterCode(trigger.url, code, verification.lastCode());
		expect([done.status, done.heading]).toEqual([200, 'Your number is verified']);
		const [{ msg_id: msgId }] = service.sandbox.ledger;
		expect(startedBy(trigger)).toEqual([
			{ mobile: MOBILE, msg_id: msgId, verified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string },
		]);
		expect(logLines()).toEqual(['info: Verify: verified 138****0001']);
	});

	it('gets a code with the signature that was chosen', async () => {
		const { url } = await host({ options: { signatureId: 37002 } });
		await enterNumber(url, MOBILE);
		expect(service.bodies).toEqual([{ mobile: MOBILE, temp_id: 1, sign_id: 37002 }]);
	});

	it.each([
		['zh-CN,zh;q=0.9,en;q=0.8', '验证手机号', 'zh-CN'],
		['en-US,en;q=0.9,zh;q=0.8', 'Verify your mobile number', 'en'],
		['fr,zh;q=0.5,en;q=0.4', '验证手机号', 'zh-CN'],
		['fr', 'Verify your mobile number', 'en'],
	])('with the languages %s reads "%s"', async (language, heading, lang) => {
		const { url } = await host();
		const page = await open(url, { 'Accept-Language': language });
		expect(page.heading).toBe(heading);
		expect(page.html).toContain(`<html lang="${lang}">`);
	});

	it('who reloads or clicks twice gets one code, also while it is being sent', async () => {
		service.sandbox.fault({ kind: 'delay', ms: 200 });
		const { url } = await host();
		const [form] = (await open(url)).forms;
		const pages = await Promise.all([1, 2, 3].map(async () => await post(url, { ...form, mobile: MOBILE })));
		pages.push(await post(url, { ...form, mobile: MOBILE }));
		expect(pages.map(({ heading, alert }) => [heading, alert])).toEqual(
			new Array(4).fill(['Enter the code', undefined]),
		);
		expect(service.reached).toEqual([MOBILE]);
	});

	it('who goes back and enters another number gets a code there', async () => {
		const trigger = await host();
		const [form] = (await open(trigger.url)).forms;
		await post(trigger.url, { ...form, mobile: MOBILE });
		const second = await post(trigger.url, { ...form, mobile: '13800000002' });
		expect(service.reached).toEqual([MOBILE, '13800000002']);
		await enterCode(trigger.url, second, verification.lastCode());
		expect(startedBy(trigger)).toMatchObject([{ mobile: '13800000002' }]);
	});

	it('who enters a wrong code is told how many tries are left; the same code again costs none', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		const alerts: Array<string | undefined> = [];
		for (const index of [1, 1, 2, 3, 4, 5]) {
			const next = await enterCode(trigger.url, page, verification.wrongCode(index));
			expect([next.status, next.asksForCode]).toEqual([422, true]);
			alerts.push(next.alert);
		}
		expect(alerts).toEqual([
			'This code is not right. 4 tries left.',
			'This code is not right. 4 tries left.',
			'This code is not right. 3 tries left.',
			'This code is not right. 2 tries left.',
			'This code is not right. 1 try left.',
			'This code is not right. Request a new code.',
		]);
		const right = await enterCode(trigger.url, page, verification.lastCode());
		expect([right.status, right.alert]).toEqual([429, 'Too many wrong codes. Request a new code.']);
		expect(trigger.executions).toEqual([]);
		expect(service.calls.filter((one) => one.endsWith('/valid'))).toHaveLength(5);
	});

	it('who enters letters loses no try, and nobody is asked', async () => {
		const { url } = await host();
		const page = await enterNumber(url, MOBILE);
		const next = await enterCode(url, page, 'abcdef');
		expect([next.status, next.alert]).toEqual([422, 'This code is not right. 5 tries left.']);
		expect(service.calls).toEqual(['POST /codes']);
	});

	it('who types the code in full-width digits with spaces is understood', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		const fullWidth = verification
			.lastCode()
			.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
		await enterCode(trigger.url, page, ` ${fullWidth.slice(0, 3)} ${fullWidth.slice(3)} `);
		expect(trigger.executions).toHaveLength(1);
	});

	it('who reloads the last page sees it again, and starts nothing', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		const code = verification.lastCode();
		const pages = await Promise.all([1, 2].map(async () => await enterCode(trigger.url, page, code)));
		pages.push(await enterCode(trigger.url, page, code));
		expect(pages.map(({ status, heading }) => [status, heading])).toEqual(
			new Array(3).fill([200, 'Your number is verified']),
		);
		expect(trigger.executions).toHaveLength(1);
		const other = await enterCode(trigger.url, page, verification.wrongCode());
		expect([other.status, other.alert]).toEqual([409, 'This code was already used. Request a new code.']);
	});

	it('gets another code after a minute, not before, and one for each click', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		const early = await askAgain(trigger.url, page);
		expect([early.status, early.alert]).toEqual([429, 'Wait 60 seconds before you request another code.']);
		expect(early.headers.get('retry-after')).toBe('60');
		verification.pass(60);
		const next = await Promise.all([1, 2].map(async () => await askAgain(trigger.url, page)));
		expect(next.map(({ alert, asksForCode }) => [alert, asksForCode])).toEqual(new Array(2).fill([undefined, true]));
		expect(service.reached).toEqual([MOBILE, MOBILE]);
		await enterCode(trigger.url, next[0], verification.lastCode());
		expect(trigger.executions).toHaveLength(1);
	});

	it('whose code has expired is told to ask for a new one', async () => {
		const { url } = await host();
		const page = await enterNumber(url, MOBILE);
		verification.pass(301);
		const next = await enterCode(url, page, verification.lastCode());
		expect([next.status, next.alert]).toEqual([410, 'This code has expired. Request a new code.']);
	});

	it('whose page is too old keeps what was entered, and gets a new page', async () => {
		const { url } = await host();
		const [form] = (await open(url)).forms;
		verification.pass(12 * 3600);
		const page = await post(url, { ...form, mobile: MOBILE });
		expect([page.status, page.alert]).toEqual([400, 'This page has expired. Request a new code.']);
		expect(page.forms[0].mobile).toBe(MOBILE);
		expect(service.calls).toEqual([]);
		expect((await post(url, page.forms[0])).heading).toBe('Enter the code');
	});

	it('whose visit is over starts again', async () => {
		const { url } = await host();
		const [form] = (await open(url)).forms;
		const page = await post(url, { ...form, mobile: MOBILE });
		verification.pass(3600);
		expect((await enterCode(url, page, '123456')).alert).toBe('This page has expired. Request a new code.');
		const repeated = await post(url, { ...form, mobile: MOBILE });
		expect([repeated.status, repeated.asksForCode]).toEqual([400, false]);
		expect(service.reached).toEqual([MOBILE]);
	});

	it.each([
		['', 400, 'Enter your mobile number.'],
		['12345', 400, 'Enter a mobile number of mainland China with 11 digits.'],
		['+1 303 555 0123', 400, 'Enter a mobile number of mainland China with 11 digits.'],
		['12012345678', 400, 'Enter a mobile number of mainland China with 11 digits.'],
		['13800000001,13800000002', 400, 'Enter a mobile number of mainland China with 11 digits.'],
		['1'.repeat(500), 400, 'Enter a mobile number of mainland China with 11 digits.'],
	])('who enters the number %j is told what is wrong', async (mobile, status, alert) => {
		const { url } = await host();
		const page = await enterNumber(url, mobile);
		expect([page.status, page.alert]).toEqual([status, alert]);
		expect(service.calls).toEqual([]);
	});
});

describe('more fields', () => {
	const moreFields = {
		field: [
			{ name: 'name', label: 'Your name', type: 'text', required: true },
			{ name: 'mail', label: '', type: 'email', required: false },
			{ name: 'ref', label: '', type: 'fromUrl', required: true },
		],
	};

	it('are asked for, kept through a mistake, and in the item', async () => {
		const trigger = await host({ moreFields });
		const url = `${trigger.url}?ref=42`;
		const missing = await enterNumber(url, MOBILE, { f_mail: 'a@b.cn' });
		expect([missing.status, missing.alert]).toEqual([400, 'Fill in "Your name".']);
		expect(missing.forms[0]).toMatchObject({ mobile: MOBILE, f_mail: 'a@b.cn' });
		const code = await post(url, { ...missing.forms[0], f_name: ' <b>Li</b> ' });
		expect(code.heading).toBe('Enter the code');
		await enterCode(url, code, verification.lastCode());
		expect(startedBy(trigger)).toEqual([
			expect.objectContaining({ mobile: MOBILE, name: '<b>Li</b>', mail: 'a@b.cn', ref: '42' }),
		]);
	});

	it.each([
		[{ f_name: 'x'.repeat(501) }, '"Your name" may have at most 500 characters.'],
		[{ f_name: 'Li', f_mail: 'nobody' }, '"mail" is not an email address.'],
	])('are checked: %#', async (given, alert) => {
		const { url } = await host({ moreFields });
		const page = await enterNumber(`${url}?ref=42`, MOBILE, given);
		expect([page.status, page.alert]).toEqual([400, alert]);
		expect(service.calls).toEqual([]);
	});

	it('from the address are missed as soon as the page is opened', async () => {
		const { url } = await host({ moreFields });
		const page = await open(url);
		expect([page.status, page.alert]).toEqual([400, 'Fill in "ref".']);
		expect((await enterNumber(url, MOBILE, { f_name: 'Li' })).alert).toBe('Fill in "ref".');
		expect((await open(`${url}?ref=1&ref=2`)).status).toBe(400);
	});
});

describe('a service', () => {
	it('that refuses a code has sent none, so the visitor may try again at once', async () => {
		const { url } = await host();
		service.sandbox.fault({ kind: 'answer', code: 50014, path: '/v1/codes' });
		const page = await enterNumber(url, MOBILE);
		expect([page.status, page.alert]).toEqual([502, 'The code could not be sent. Try again later.']);
		expect(logLines()).toEqual([
			'warn: Verify: sent no code to 138****0001: The SMS balance is used up (50014 no money)',
		]);
		expect((await post(url, page.forms[0])).heading).toBe('Enter the code');
	});

	it.each([
		[50006, 400, 'Enter a mobile number of mainland China with 11 digits.'],
		[50009, 429, 'Too many codes were requested. Try again in 10 minutes.'],
	])('that refuses with %i is told in words for the visitor', async (code, status, alert) => {
		const { url } = await host();
		service.sandbox.fault({ kind: 'answer', code, path: '/v1/codes' });
		const page = await enterNumber(url, MOBILE);
		expect([page.status, page.alert]).toEqual([status, alert]);
	});

	it('that cannot be reached has sent nothing', async () => {
		const { url } = await host({}, {}, NOBODY);
		const page = await enterNumber(url, MOBILE);
		expect([page.status, page.alert]).toEqual([502, 'The code could not be sent. Try again later.']);
		expect(logLines()).toEqual([
			'warn: Verify: sent no code to 138****0001: n8n could not connect to JSMS (ECONNREFUSED)',
		]);
	});

	it('that gives no response may have sent the code: it is not sent again by itself, and the visitor can ask for another', async () => {
		const trigger = await host();
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/codes' });
		const [form] = (await open(trigger.url)).forms;
		const page = await post(trigger.url, { ...form, mobile: MOBILE });
		expect([page.status, page.asksForCode]).toEqual([200, false]);
		expect(page.html).toContain('We could not confirm that a code was sent to 138****0001.');
		expect((await post(trigger.url, { ...form, mobile: MOBILE })).html).toContain('We could not confirm');
		expect(service.reached).toEqual([MOBILE]);
		expect((await askAgain(trigger.url, page)).status).toBe(429);
		verification.pass(60);
		const next = await askAgain(trigger.url, page);
		expect(next.asksForCode).toBe(true);
		await enterCode(trigger.url, next, verification.lastCode());
		expect(trigger.executions).toHaveLength(1);
	});

	it('whose response to the check is lost says "already used" to the next: that counts as verified', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		service.sandbox.fault({ kind: 'resetAfter', path: '/v1/codes/*/valid' });
		const done = await enterCode(trigger.url, page, verification.lastCode());
		expect([done.status, done.heading]).toEqual([200, 'Your number is verified']);
		expect(trigger.executions).toHaveLength(1);
	});

	it('that gives no response to a check three times lets the visitor try again, which costs no try', async () => {
		const trigger = await host({ options: { triesPerCode: 1 } });
		const page = await enterNumber(trigger.url, MOBILE);
		service.sandbox.fault(new Array(3).fill({ kind: 'resetAfter', path: '/v1/codes/*/valid' }));
		const unknown = await enterCode(trigger.url, page, verification.lastCode());
		expect([unknown.status, unknown.alert]).toEqual([502, 'The code could not be checked. Try again.']);
		expect((await enterCode(trigger.url, page, verification.lastCode())).heading).toBe('Your number is verified');
		expect(trigger.executions).toHaveLength(1);
	});

	it('that says "already used" without such a check is believed', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		service.sandbox.fault({ kind: 'answer', code: 50012, path: '/v1/codes/*/valid' });
		const next = await enterCode(trigger.url, page, verification.lastCode());
		expect([next.status, next.alert]).toEqual([409, 'This code was already used. Request a new code.']);
		expect(trigger.executions).toEqual([]);
	});
});

describe('a workflow', () => {
	it('that could not be started is started when the visitor tries again', async () => {
		let broken = true;
		const trigger = await host(
			{},
			{
				start: async () => {
					if (broken) throw new Error('no database');
					await Promise.resolve();
				},
			},
		);
		const page = await enterNumber(trigger.url, MOBILE);
		const code = verification.lastCode();
		expect((await enterCode(trigger.url, page, code)).status).toBe(500);
		broken = false;
		expect((await enterCode(trigger.url, page, code)).heading).toBe('Your number is verified');
		expect(trigger.executions).toHaveLength(1);
		expect(service.calls.filter((one) => one.endsWith('/valid'))).toHaveLength(1);
	});

	it.each([
		[{ successText: 'Thank you!' }, 'Thank you!'],
		[
			{ afterVerification: 'redirect', redirectUrl: 'https://example.com/a?b=1&c=2' },
			'content="0;url=https://example.com/a?b=1&amp;c=2"',
		],
	])('ends with what was chosen: %#', async (parameters, text) => {
		const { url } = await host(parameters);
		const page = await enterNumber(url, MOBILE);
		const done = await enterCode(url, page, verification.lastCode());
		expect(done.html).toContain(text);
		expect(done.html).toContain('<meta http-equiv="Content-Security-Policy"');
	});

	it('that responds when its last node finishes shows visitors the last page, not its item', async () => {
		const parameters = { respond: 'lastNode', options: { jsonApi: true } };
		const trigger = await host(parameters, { finish: async () => await Promise.resolve({ secret: 1 }) });
		const page = await enterNumber(trigger.url, MOBILE);
		const done = await enterCode(trigger.url, page, verification.lastCode());
		expect([done.status, done.heading]).toEqual([200, 'Your number is verified']);
		expect(done.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(done.html).not.toContain('secret');
	});

	it('that fails then shows visitors that it failed, and is not started twice', async () => {
		const parameters = { respond: 'lastNode', options: { jsonApi: true } };
		const trigger = await host(parameters, { finish: async () => await Promise.reject(new Error('failed')) });
		const page = await enterNumber(trigger.url, MOBILE);
		const failed = await enterCode(trigger.url, page, verification.lastCode());
		expect([failed.status, failed.heading]).toEqual([500, 'Something went wrong']);
		await enterCode(trigger.url, page, verification.lastCode());
		expect(trigger.executions).toHaveLength(1);
	});

	it('may have texts that depend on the address of the page', async () => {
		const { url } = await host({ title: '={{ "Hello " + $json.query.name }}' });
		expect((await open(`${url}?name=${encodeURIComponent('<Li>')}`)).heading).toBe('Hello <Li>');
	});
});

describe('the trigger', () => {
	it('refuses to be activated with settings that cannot be right, and says what to do', async () => {
		const redirect = { afterVerification: 'redirect', redirectUrl: 'javascript:alert(1)' };
		await expect((await host(redirect)).callLifecycle('create')).rejects.toThrow(
			"Set 'Redirect URL' to an address that starts with https:// or http://.",
		);
		await expect((await host({ templateId: '' })).callLifecycle('create')).rejects.toThrow("'Template ID' is empty");
	});

	it('leaves expressions to the request', async () => {
		const { callLifecycle } = await host({
			templateId: '={{ $json.query.template }}',
			title: '={{ $json.query.title }}',
			afterVerification: 'redirect',
			redirectUrl: '={{ $json.query.next }}',
			moreFields: { field: [{ name: '={{ $json.query.name }}' }] },
			options: { resendAfter: '={{ $json.query.wait }}' },
		});
		expect(await callLifecycle('create')).toBe(true);
	});

	it('serves nobody where an expression gives what cannot be right, and says so once in the log', async () => {
		const trigger = await host({ templateId: '={{ $json.query.template }}' });
		const { status, html } = await open(trigger.url);
		expect([status, JSON.parse(html)]).toEqual([
			500,
			{ error: 'not_ready', message: 'This page is not set up correctly. Try again later.' },
		]);
		await open(trigger.url);
		expect(logLines()).toEqual(["error: Verify: cannot serve its page: 'Template ID' is empty"]);
		expect((await open(`${trigger.url}?template=7`)).status).toBe(200);
		expect(trigger.executions).toEqual([]);
	});

	it('starts no execution for a mistake of its own, says it in the log, and goes on', async () => {
		const trigger = await host();
		const [form] = (await open(trigger.url)).forms;
		jest.spyOn(SendCounter.prototype, 'take').mockImplementationOnce(() => {
			throw new Error('a mistake');
		});
		expect((await post(trigger.url, { ...form, mobile: MOBILE })).status).toBe(500);
		expect(logLines()).toEqual(['error: Verify: cannot serve its page: a mistake']);
		expect((await post(trigger.url, { ...form, mobile: MOBILE })).heading).toBe('Enter the code');
		expect(trigger.executions).toEqual([]);
	});

	it('counts tests in the editor apart from visitors', async () => {
		const options = { codesPerNumberAndDay: 1 };
		const test = await host({ options }, { mode: 'manual', workflowId: 'shared' });
		await enterNumber(test.url, MOBILE);
		const production = await host({ options }, { workflowId: 'shared' });
		expect((await enterNumber(production.url, MOBILE)).heading).toBe('Enter the code');
	});
});
