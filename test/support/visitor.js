'use strict';

/** A person at a verification page, and a program that speaks JSON. Types and the meaning of each call: visitor.d.ts. */

const unescape = (text) =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&');

function formsIn(html) {
	return [...html.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)].map(([, form]) =>
		Object.fromEntries(
			[...form.matchAll(/<input([^>]*)>/g)].map(([, attributes]) => [
				/\bname="([^"]*)"/.exec(attributes)?.[1] ?? '',
				unescape(/\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? ''),
			]),
		),
	);
}

async function shown(response) {
	const html = await response.text();
	const alert = /role="alert">([^<]*)</.exec(html)?.[1];
	return {
		status: response.status,
		headers: response.headers,
		html,
		heading: unescape(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? ''),
		...(alert !== undefined && { alert: unescape(alert) }),
		forms: formsIn(html),
		asksForCode: /\sname="code"/.test(html),
	};
}

async function open(url, headers = {}) {
	return await shown(await fetch(url, { headers }));
}

async function post(url, form, headers = {}) {
	return await shown(
		await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'null', ...headers },
			body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
		}),
	);
}

async function enterNumber(url, mobile, more = {}) {
	const page = await open(url);
	return await post(url, { ...page.forms[0], mobile, ...more });
}

async function enterCode(url, page, code) {
	return await post(url, { ...page.forms[0], code });
}

async function askAgain(url, page) {
	return await post(url, page.forms[page.forms.length - 1]);
}

async function call(url, body, headers = {}) {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

module.exports = { askAgain, call, enterCode, enterNumber, open, post };
