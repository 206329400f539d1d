import fc from 'fast-check';

import { html, trusted } from '../../../nodes/JSms/verification/html';
import { codePage } from '../../../nodes/JSms/verification/codePage';
import { donePage } from '../../../nodes/JSms/verification/lastPage';
import type { Look } from '../../../nodes/JSms/verification/layout';
import { startPage } from '../../../nodes/JSms/verification/startPage';
import type { Problem } from '../../../nodes/JSms/verification/problems';
import { STATUS_OF } from '../../../nodes/JSms/verification/problems';
import { styleFor, textOn } from '../../../nodes/JSms/verification/style';
import { textsFor, type Texts } from '../../../nodes/JSms/verification/texts';

/** What visitors see: nothing unescaped, nothing left out in either language. */
const [zh, en] = [textsFor('zh', ''), textsFor('en', '')];
const look: Look = {
	texts: en,
	title: '',
	description: '',
	sendButton: '',
	verifyButton: '',
	color: '#1a6fe0',
	nonce: 'abc',
};

describe('a template', () => {
	it('escapes every value, and leaves out what is not there', () => {
		const value = `<b a="1" b='2'>&`;
		expect(html`<p title="${value}">${value}${undefined}${false}${7}</p>`.text).toBe(
			'<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;7</p>',
		);
	});

	it('puts templates into each other as they are, lists one after the other', () => {
		const list = ['<', '>'].map((one) => html`<b>${one}</b>`);
		expect(html`${list}${trusted('<hr>')}`.text).toBe('<b>&lt;</b><b>&gt;</b><hr>');
	});

	it('gives no text a way out, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(html`${text}`.text).not.toMatch(/[<>"']/);
			}),
		);
	});
});

describe('texts', () => {
	const names = Object.keys(en) as Array<keyof Texts>;
	const problems = Object.keys(STATUS_OF).map(
		(error) => ({ error, retryAfter: 61, triesLeft: 2, field: 'x' }) as Problem,
	);

	it('are there in both languages, each in its own', () => {
		expect(Object.keys(zh)).toEqual(names);
		for (const name of names.filter((one) => one !== 'lang')) {
			const [one, other] = [zh[name], en[name]];
			if (typeof one === 'string') expect(one).toMatch(/[\u4e00-\u9fff]/);
			if (typeof other === 'string') expect(other).toMatch(/^[ -~]+$/);
		}
	});

	it.each(problems)('say what is wrong in both languages: $error', (problem) => {
		expect(en.problem(problem)).toMatch(/^[A-Z][ -~]+\.$/);
		expect(zh.problem(problem)).toMatch(/^[\u4e00-\u9fff\u201c][^A-Za-wyz]+\u3002$/);
	});

	it.each([
		[1, '1 second', '1 \u79d2'],
		[120, '120 seconds', '120 \u79d2'],
		[121, '3 minutes', '3 \u5206\u949f'],
		[7200, '120 minutes', '120 \u5206\u949f'],
		[7201, '3 hours', '3 \u5c0f\u65f6'],
	])('give %i seconds in words', (retryAfter, english, chinese) => {
		expect(en.problem({ error: 'busy', retryAfter })).toContain(english);
		expect(zh.problem({ error: 'busy', retryAfter })).toContain(chinese);
	});

	it.each([
		['zh-CN', 'zh-CN'],
		['zh', 'zh-CN'],
		['ZH-TW;q=0.9,en;q=0.8', 'zh-CN'],
		['en;q=0.1,zh;q=0', 'en'],
		['de,en', 'en'],
		['', 'en'],
		[undefined, 'en'],
		[['zh'], 'zh-CN'],
		['zh;q=0.1.2,en;q=0.1', 'en'],
		['zhx,enx', 'en'],
		['x'.repeat(10_000), 'en'],
	])('are chosen by the header %.40j', (header, lang) => {
		expect(textsFor('visitor', header).lang).toBe(lang);
	});
});

describe('a color', () => {
	it.each([
		['#ffffff', '#000000'],
		['#000000', '#ffffff'],
		['#1a6fe0', '#ffffff'],
		['#ffd400', '#000000'],
		['#07c160', '#000000'],
	])('%s has the text %s', (color, text) => {
		expect(textOn(color)).toBe(text);
	});

	it('that is none does not get into the style sheet', () => {
		expect(styleFor('red;} body{display:none').text).toContain('--button:#1a6fe0');
	});
});

describe('a page', () => {
	const start = (problem?: Problem) =>
		startPage(look, {
			token: 't',
			mobile: '1',
			fields: [{ name: 'mail', label: 'Mail', type: 'email', required: true }],
			values: { mail: 'a@b' },
			...(problem && { problem }),
		});
	const code = (problem?: Problem) =>
		codePage(look, { token: 't', mobile: '138****0001', canCheck: true, wait: 60, ...(problem && { problem }) });
	const focused = (page: string) =>
		[...page.matchAll(/<(?:input|h1)[^>]*\sautofocus[^>]*>/g)].map(
			([tag]) => /(?:id|tabindex)="([^"]*)"/.exec(tag)?.[1],
		);

	it.each([
		['start', start(), 'mobile'],
		['start, number missing', start({ error: 'missing_mobile' }), 'mobile'],
		['start, field missing', start({ error: 'missing_field', field: 'mail' }), 'f_mail'],
		['code', code(), 'code'],
		['code, wrong', code({ error: 'wrong_code', triesLeft: 1 }), 'code'],
		['end', donePage(look, { text: '', policy: 'p' }), '-1'],
	])('has the cursor in one place: %s', (_, page, place) => {
		expect(focused(page)).toEqual([place]);
	});

	it('lets phones fill in the number and the code', () => {
		expect(start()).toMatch(/type="tel"\s+autocomplete="tel"/);
		expect(code()).toMatch(/type="text"\s+inputmode="numeric"\s+autocomplete="one-time-code"/);
	});

	it('has one label for each input that is seen', () => {
		for (const page of [start(), code()]) {
			const ids = [...page.matchAll(/<input(?![^>]*type="hidden")[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
			const labels = [...page.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id);
			expect(labels).toEqual(ids);
		}
	});

	it('needs nothing from elsewhere', () => {
		for (const page of [start(), code(), donePage(look, { text: '', policy: 'p' })]) {
			expect(page.replace(/http-equiv/g, '')).not.toMatch(/https?:|src=|@import|url\(/);
		}
	});

	it('that redirects works without a script, and with a link', () => {
		const page = donePage(look, { text: '', redirectUrl: 'https://example.com/?a=1&b=2', policy: 'p' });
		expect(page).toContain('<meta http-equiv="refresh" content="0;url=https://example.com/?a=1&amp;b=2" />');
		expect(page).toContain('href="https://example.com/?a=1&amp;b=2"');
	});
});
