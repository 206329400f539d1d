import { DEFAULT_LIMITS } from '../../nodes/JSms/fields/verification';
import { call, enterCode, enterNumber, open, post } from '../support/visitor';
import { numbers, useService } from './service';
import { logLines, startedBy, useVerification } from './verificationHost';

jest.mock('../../nodes/JSms/verification/formPace', () => ({ SHORTEST_VISIT_MS: 0 }));

/** What somebody would try who means harm; one test for each. */
const service = useService({ frequencyRules: 'off', magicEndings: false });
const verification = useVerification(service);
const { host } = verification;
const MOBILE = '13800000001';

/** What a page must never do without its nonce: whatever is entered stands in it as text. */
const PAYLOADS = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' autofocus onfocus='alert(1)",
	'</style><script>alert(1)</script>',
	'{{constructor.constructor("alert(1)")()}}',
	'javascript:alert(1)',
	'</title><svg onload=alert(1)>',
	'\u2028<b>',
];
/** The names of all tags and attributes of a page: what is entered must add none. */
function markupOf(html: string): string[] {
	const [, head, body] =
		/^([\s\S]*<style nonce="[^"]*">)[\s\S]*?(<\/style>[\s\S]*<script nonce="[^"]*">)/.exec(html) ?? [];
	const tags = [...(head + body).matchAll(/<(\/?[^\s>]*)([^<>]*)>/g)].flatMap(([, name, attributes]) => [
		name,
		...[...attributes.replace(/"[^"]*"/g, '').matchAll(/[^\s/=]+/g)].map(([attribute]) => attribute),
	]);
	// A tag that was cut off would leave its bracket behind.
	expect((head + body).match(/</g)).toHaveLength((head + body).match(/<\/?[a-z!][^<>]*>/gi)?.length ?? 0);
	// One of its own, and no other: the name alone would not tell.
	expect(tags.filter((name) => name === 'script')).toHaveLength(1);
	return tags;
}

/** Whatever the pages are made of. */
const OWN_MARKUP = new Set(
	`!DOCTYPE html lang head meta charset name content http-equiv title link rel href style nonce body main h1 p div class id role
	form method input type value label for autocomplete maxlength required aria-describedby aria-invalid autofocus b aria-hidden span
	tabindex button data-wait data-text inputmode a script svg path d viewBox fill stroke stroke-width stroke-linecap stroke-linejoin
	/html /head /title /style /body /main /h1 /p /div /form /label /b /span /button /a /svg /script`.split(/\s+/),
);

describe('pumping', () => {
	it('from one address stops at the limit of the address', async () => {
		const { url } = await host();
		const statuses: number[] = [];
		for (const mobile of numbers(22)) statuses.push((await enterNumber(url, mobile)).status);
		expect(statuses).toEqual([...new Array<number>(20).fill(200), 429, 429]);
		expect(service.reached).toHaveLength(DEFAULT_LIMITS.codesPerAddressAndHour);
		expect(logLines()).toEqual([
			"warn: Verify: sent no code to 138****0201: the limit 'Codes per Address and Hour' is reached",
		]);
	});

	it('at the same moment gets no more through', async () => {
		const { url } = await host({ options: { codesPerHour: 5, jsonApi: true } });
		const responses = await Promise.all(numbers(15).map(async (mobile) => await call(url, { mobile })));
		expect(responses.filter(({ status }) => status === 200)).toHaveLength(5);
		expect(service.reached).toHaveLength(5);
	});

	it('from many addresses stops at the limit of all', async () => {
		const { url } = await host({ options: { codesPerHour: 30, codesPerAddressAndHour: 10_000 } });
		for (const mobile of numbers(35)) await enterNumber(url, mobile);
		expect(service.reached).toHaveLength(30);
	});

	it('of one number stops at the limit of the number, by page and JSON together', async () => {
		const { url } = await host({ options: { jsonApi: true } });
		for (let count = 0; count < 4; count += 1) {
			await enterNumber(url, MOBILE);
			await call(url, { mobile: `+86${MOBILE}` });
			verification.pass(60);
			await call(url, { mobile: ` ${MOBILE} ` });
			verification.pass(60);
		}
		expect(service.reached).toHaveLength(DEFAULT_LIMITS.codesPerNumberAndDay);
	});

	it('with a header that pretends to be a proxy does not switch the limit of a public address off', async () => {
		const { url } = await host({ options: { codesPerAddressAndHour: 2 } }, { ips: ['203.0.113.7'] });
		const headers = { 'X-Forwarded-For': '198.51.100.1' };
		for (const mobile of numbers(4)) await post(url, { ...(await open(url)).forms[0], mobile }, headers);
		expect(service.reached).toHaveLength(2);
	});

	it('behind a proxy that n8n does not know has no address: the log says once what to set, and the limit of all still holds', async () => {
		const { url } = await host({ options: { codesPerAddressAndHour: 2, codesPerHour: 3 } });
		const headers = { 'X-Forwarded-For': '198.51.100.1' };
		for (const mobile of numbers(4)) await post(url, { ...(await open(url)).forms[0], mobile }, headers);
		expect(service.reached).toHaveLength(3);
		const lines = logLines();
		expect(lines.filter((line) => line.includes('N8N_PROXY_HOPS'))).toHaveLength(1);
		expect(lines.pop()).toContain("the limit 'Codes per Hour' is reached");
	});

	it('with one page for many numbers is counted like any other', async () => {
		const { url } = await host({ options: { codesPerAddressAndHour: 3 } });
		const [form] = (await open(url)).forms;
		await Promise.all(numbers(8).map(async (mobile) => await post(url, { ...form, mobile })));
		expect(service.reached).toHaveLength(3);
	});

	it('with a form that no page gave sends nothing', async () => {
		const { url } = await host();
		for (const page of ['', 'abc', 'A'.repeat(60)]) {
			expect((await post(url, { step: 'start', page, mobile: MOBILE })).status).toBe(400);
		}
		expect(service.calls).toEqual([]);
	});

	it('by a program that fills in every input sends nothing', async () => {
		const { url } = await host();
		const [form] = (await open(url)).forms;
		const filled = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value || 'x']));
		expect((await post(url, { ...filled, mobile: MOBILE })).status).toBe(403);
		expect(service.calls).toEqual([]);
	});
});

describe('brute force', () => {
	it('gets as many tries as are allowed, however many guesses come at once', async () => {
		const trigger = await host({ options: { jsonApi: true } });
		const { body } = await call(trigger.url, { mobile: MOBILE });
		const guesses = Array.from({ length: 60 }, (_, index) => verification.wrongCode(index + 1));
		const responses = await Promise.all(
			guesses.map(async (code) => await call(trigger.url, { token: body.token, code })),
		);
		expect(service.calls.filter((one) => one.endsWith('/valid'))).toHaveLength(5);
		expect(responses.filter(({ status }) => status === 422)).toHaveLength(5);
		expect(responses.filter(({ status }) => status === 429)).toHaveLength(55);
		expect((await call(trigger.url, { token: body.token, code: verification.lastCode() })).status).toBe(429);
		expect(trigger.executions).toEqual([]);
	});

	it('gains no tries by another copy of the token or another address', async () => {
		const { url } = await host({ options: { jsonApi: true, triesPerCode: 2 } });
		const page = await enterNumber(url, MOBILE);
		await enterCode(url, page, verification.wrongCode(1));
		const second = await enterCode(url, page, verification.wrongCode(2));
		expect((await enterCode(url, second, verification.wrongCode(3))).status).toBe(429);
		const json = await call(url, { token: page.forms[0].visit, code: verification.wrongCode(4) });
		expect(json.body.error).toBe('too_many_tries');
	});

	it('of one number over a day gets tries times codes of a million, and no more', async () => {
		const { url } = await host({ options: { jsonApi: true } });
		let asked = 0;
		for (let hour = 0; hour < 12; hour += 1) {
			const { body } = await call(url, { mobile: MOBILE });
			for (let guess = 1; body.token !== undefined && guess < 10; guess += 1) {
				await call(url, { token: body.token, code: verification.wrongCode(guess) });
			}
			verification.pass(3600);
			asked = service.calls.filter((one) => one.endsWith('/valid')).length;
		}
		expect(asked).toBe(25);
	});
});

describe('forgery', () => {
	it.each(['https://evil.example.com', 'http://localhost', 'file://'])(
		'of a form by another website sends nothing: %s',
		async (origin) => {
			const { url } = await host();
			const [form] = (await open(url)).forms;
			const page = await post(url, { ...form, mobile: MOBILE }, { Origin: origin });
			expect(page.status).toBe(403);
			expect(service.calls).toEqual([]);
		},
	);

	it('of responses: no website may read the pages', async () => {
		const { url } = await host();
		const page = await open(url, { Origin: 'https://evil.example.com' });
		expect(page.headers.get('access-control-allow-origin')).toBeNull();
		const posted = await post(url, page.forms[0], { Origin: 'https://evil.example.com' });
		expect(posted.headers.get('access-control-allow-origin')).toBeNull();
	});

	it.each([0, 10, -1])('of a token by changing a character is refused: at %i', async (place) => {
		const { url } = await host({ options: { jsonApi: true } });
		const { body } = await call(url, { mobile: MOBILE });
		const token = String(body.token);
		const at = place < 0 ? token.length - 2 : place;
		const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
		expect((await call(url, { token: changed, code: verification.lastCode() })).body.error).toBe('start_again');
	});

	it('by the token of another node is refused', async () => {
		const one = await host({ options: { jsonApi: true } });
		const other = await host({ options: { jsonApi: true } });
		const { body } = await call(one.url, { mobile: MOBILE });
		const response = await call(other.url, { token: body.token, code: verification.lastCode() });
		expect([response.status, response.body.error]).toEqual([400, 'start_again']);
		expect(other.executions).toEqual([]);
	});

	it('by the token of a page in place of one of a visit is refused, and the reverse', async () => {
		const { url } = await host({ options: { jsonApi: true } });
		const [{ page }] = (await open(url)).forms;
		expect((await call(url, { token: page, code: '123456' })).body.error).toBe('start_again');
		const { body } = await call(url, { mobile: MOBILE });
		const posted = await post(url, { step: 'start', page: String(body.token), mobile: '13800000002' });
		expect(posted.status).toBe(400);
		expect(service.reached).toEqual([MOBILE]);
	});

	it('of the number: what the form says when the code is entered does not count', async () => {
		const trigger = await host();
		const page = await enterNumber(trigger.url, MOBILE);
		await post(trigger.url, { ...page.forms[0], code: verification.lastCode(), mobile: '13900000009', msg_id: '1' });
		expect(startedBy(trigger)).toMatchObject([{ mobile: MOBILE }]);
	});
});

describe('scripts', () => {
	const moreFields = { field: [{ name: 'name', label: PAYLOADS[0], type: 'text' }] };

	it.each(PAYLOADS)('in every input stay text: %s', async (payload) => {
		const { url } = await host({ moreFields });
		const [form] = (await open(url)).forms;
		const all = { ...form, mobile: payload, f_name: payload, page: payload, step: 'start' };
		for (const posted of [
			all,
			{ ...all, page: form.page },
			{ ...all, step: payload },
			{ step: 'check', visit: payload },
		]) {
			const page = await post(url, posted);
			expect(markupOf(page.html).filter((name) => !OWN_MARKUP.has(name))).toEqual([]);
		}
	});

	it.each(PAYLOADS)('in every text of the owner and in the address stay text: %s', async (payload) => {
		const { url } = await host({
			title: '={{ $json.query.x }}',
			description: payload,
			successText: payload,
			moreFields,
			options: { sendButton: payload, verifyButton: payload },
		});
		const query = `?x=${encodeURIComponent(payload)}`;
		const start = await open(url + query, { 'Accept-Language': payload.replace(/[^\x20-\x7e]/g, '') });
		const code = await post(url + query, { ...start.forms[0], mobile: MOBILE });
		const done = await enterCode(url + query, code, verification.lastCode());
		for (const page of [start, code, done])
			expect(markupOf(page.html).filter((name) => !OWN_MARKUP.has(name))).toEqual([]);
		expect(done.heading).toBe('Your number is verified');
	});

	it('in a JSON response are no page', async () => {
		const { url } = await host({ options: { jsonApi: true } });
		const response = await call(url, { mobile: PAYLOADS[0] });
		expect(response.headers.get('content-type')).toMatch(/^application\/json/);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('cannot run without the nonce, which is another one each time', async () => {
		const { url } = await host();
		const nonces = await Promise.all(
			[1, 2].map(
				async () =>
					/script-src 'nonce-([^']+)'/.exec((await open(url)).headers.get('content-security-policy') ?? '')?.[1],
			),
		);
		expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
		expect(nonces[0]).not.toBe(nonces[1]);
	});
});

describe('frames', () => {
	it('of other websites do not show the pages', async () => {
		const { url } = await host();
		const start = await open(url);
		for (const page of [start, await post(url, { ...start.forms[0], mobile: MOBILE })]) {
			expect(page.headers.get('content-security-policy')).toMatch(
				/frame-ancestors 'none'; sandbox allow-forms allow-scripts /,
			);
			expect(page.headers.get('x-frame-options')).toBe('DENY');
			expect(page.headers.get('referrer-policy')).toBe('no-referrer');
			expect(page.headers.get('cache-control')).toBe('private, no-cache');
		}
	});

	it('take no form to another website, also in browsers that know no own origin in a sandbox', async () => {
		const { url } = await host();
		const { headers } = await open(url);
		const [, forms = ''] = /form-action ([^;]+);/.exec(headers.get('content-security-policy') ?? '') ?? [];
		const { host: own } = new URL(url);
		expect(forms.split(' ')).toEqual(expect.arrayContaining(["'self'", `http://${own}`, `https://${own}`]));
		// The other one is what this n8n calls itself.
		expect(forms.split(' ').length).toBeLessThanOrEqual(4);
	});

	it('show the pages only on the websites that are listed', async () => {
		const { url } = await host({ options: { embedOrigins: 'https://www.example.com,https://shop.example.com:8443' } });
		const { headers } = await open(url);
		expect(headers.get('content-security-policy')).toContain(
			'frame-ancestors https://www.example.com https://shop.example.com:8443; sandbox',
		);
		expect(headers.get('x-frame-options')).toBeNull();
	});

	it.each(['https://a.example; script-src *', '*', "'self'", 'https://a.example/path', 'javascript:1'])(
		'are not opened by an entry that is no origin: %s',
		async (embedOrigins) => {
			await expect((await host({ options: { embedOrigins } })).callLifecycle('create')).rejects.toThrow(
				'must hold addresses without a path',
			);
		},
	);
});

describe('curiosity', () => {
	it('learns nothing about a number: the page is the same for all', async () => {
		const { url } = await host();
		const one = await enterNumber(url, '13800000001');
		const other = await enterNumber(url, '13911112222');
		const plain = (html: string) =>
			html
				.replace(/nonce="[^"]*"/g, '')
				.replace(/name="visit"\s+value="[^"]*"/g, '')
				.replace(/1\d\d\*{4}\d{4}/g, '');
		expect(plain(one.html)).toBe(plain(other.html));
	});

	it('finds neither number nor message ID in a token', async () => {
		const { url } = await host({ options: { jsonApi: true } });
		const { body } = await call(url, { mobile: MOBILE });
		const [{ msg_id: msgId }] = service.sandbox.ledger;
		const bytes = Buffer.from(String(body.token), 'base64url').toString('latin1');
		for (const secret of [MOBILE, String(msgId)]) expect(bytes).not.toContain(secret);
	});

	it('finds neither codes nor tokens nor whole numbers in the log', async () => {
		const { url } = await host({ options: { jsonApi: true, triesPerCode: 1 } });
		service.sandbox.fault({ kind: 'answer', code: 50014, message: `no money ${MOBILE}`, path: '/v1/codes' });
		await call(url, { mobile: MOBILE });
		const { body } = await call(url, { mobile: MOBILE });
		const code = verification.lastCode();
		await call(url, { token: body.token, code: verification.wrongCode() });
		await call(url, { token: body.token, code });
		const lines = logLines().join('\n');
		expect(lines).toContain('138****0001');
		for (const secret of [MOBILE, code, String(body.token)]) expect(lines).not.toContain(secret);
	});
});

describe('odd bodies', () => {
	it.each([
		['nothing', ''],
		['no step', 'mobile=13800000001'],
		['an unknown step', 'step=admin'],
		['a step twice', 'step=start&step=check'],
		['a number twice', 'step=start&mobile=1&mobile=2'],
		['names of JavaScript', '__proto__=1&constructor=2&step=start&hasOwnProperty=3'],
		['a thousand inputs', Array.from({ length: 1500 }, (_, index) => `a${index}=1`).join('&')],
		['broken escapes', 'step=%E0%A4%A&mobile=%'],
		['a megabyte', `step=start&mobile=${'1'.repeat(1_000_000)}`],
		['a token of a megabyte', `step=check&visit=${'A'.repeat(1_000_000)}`],
		['zero bytes', 'step=start%00&mobile=%00'],
	])('are met with a page: %s', async (_, body) => {
		const trigger = await host();
		const page = await post(trigger.url, body);
		expect(page.status).toBe(400);
		expect(page.heading).toBe('Verify your mobile number');
		expect(page.html.length).toBeLessThan(20_000);
		expect([trigger.executions, service.calls]).toEqual([[], []]);
	});

	it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', ''])(
		'of the type %j are refused',
		async (type) => {
			const { url } = await host({ options: { jsonApi: true } });
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': type },
				body: Buffer.from('{"mobile":"13800000001"}'),
			});
			expect([response.status, await response.json()]).toMatchObject([400, { error: 'bad_request' }]);
			expect(service.calls).toEqual([]);
		},
	);

	it('of JSON with names of JavaScript change nothing', async () => {
		const { url } = await host({
			options: { jsonApi: true },
			moreFields: { field: [{ name: 'name', required: true }] },
		});
		const body = `{"mobile":"${MOBILE}","fields":{"__proto__":{"name":"x"},"constructor":1}}`;
		expect((await call(url, body)).body.error).toBe('missing_field');
		expect(({} as Record<string, unknown>).name).toBeUndefined();
	});
});
