/** A person at a verification page, with a browser that knows no JavaScript; and a program that speaks JSON. */

/** What a browser shows. */
export interface Shown {
	status: number;
	headers: Headers;
	html: string;
	heading: string;
	/** What is wrong, as the page says it. */
	alert?: string;
	/** Hidden and visible inputs with their values, form by form. */
	forms: Array<Record<string, string>>;
	/** True where there is an input for the code. */
	asksForCode: boolean;
}

const unescape = (text: string) =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&');

function formsIn(html: string) {
	return [...html.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)].map(([, form]) =>
		Object.fromEntries(
			[...form.matchAll(/<input([^>]*)>/g)].map(([, attributes]) => [
				/\bname="([^"]*)"/.exec(attributes)?.[1] ?? '',
				unescape(/\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? ''),
			]),
		),
	);
}

async function shown(response: Response): Promise<Shown> {
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

/** Opens the page. */
export async function open(url: string, headers: Record<string, string> = {}): Promise<Shown> {
	return await shown(await fetch(url, { headers }));
}

/** Submits a form; a text is sent as it is. */
export async function post(
	url: string,
	form: Record<string, string> | string,
	headers: Record<string, string> = {},
): Promise<Shown> {
	return await shown(
		await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'null', ...headers },
			body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
		}),
	);
}

/** Opens the page and submits the number, with whatever else is entered. */
export async function enterNumber(url: string, mobile: string, more: Record<string, string> = {}): Promise<Shown> {
	const page = await open(url);
	return await post(url, { ...page.forms[0], mobile, ...more });
}

/** Submits the code on the page that asks for it. */
export async function enterCode(url: string, page: Shown, code: string): Promise<Shown> {
	return await post(url, { ...page.forms[0], code });
}

/** Presses the button for another code. */
export async function askAgain(url: string, page: Shown): Promise<Shown> {
	return await post(url, page.forms.at(-1) ?? {});
}

/** Sends JSON, as an app does; a text is sent as it is. */
export async function call(
	url: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'Accept-Language': 'en', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return {
		status: response.status,
		headers: response.headers,
		body: (await response.json()) as Record<string, unknown>,
	};
}
