/**
 * Makes an element. Texts only ever go into the page as text, never as HTML.
 * @param {string} tag
 * @param {Record<string, any>} properties of the element; `class`, `data-*`, `aria-*` and `role` become attributes
 * @param {...any} children nodes and texts; empty ones are left out
 */
export function el(tag, properties = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (/^(class|role|lang|(aria|data)-.+)$/.test(name)) element.setAttribute(name, value);
		else element[name] = value;
	}
	element.append(...children.flat(2).filter((child) => child !== undefined && child !== null && child !== ''));
	return element;
}

/** What stands where there is nothing yet. @param {string} title @param {...any} more */
export const empty = (title, ...more) => el('section', { class: 'empty' }, el('h2', {}, title), ...more);

/** A text as it went over the wire, in a form that can be read. @param {string} text */
export function code(text) {
	let shown = text;
	try {
		shown = JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		// Forms and broken bodies are shown as they are.
	}
	return el('pre', { tabIndex: 0 }, el('code', {}, shown));
}

/** Names and values under each other. @param {Record<string, any>} facts empty ones are left out */
export const table = (facts) =>
	el(
		'dl',
		{},
		Object.entries(facts)
			.filter(([, value]) => value !== undefined && value !== null && value !== '')
			.map(([name, value]) => [el('dt', {}, name), el('dd', {}, String(value))]),
	);

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** @param {number} ms */
export function timeText(ms) {
	const date = new Date(ms);
	return (date.toDateString() === new Date().toDateString() ? timeOnly : dayAndTime).format(date);
}

/** 13812345678 → 138 1234 5678, other numbers unchanged. @param {string} mobile */
export const numberText = (mobile) => mobile.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');

/** @param {number} count @param {string} one */
export const counted = (count, one) => (count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${one}s`);

/** A control call; what it refuses is shown to the person. @param {string} path @param {any} [body] @param {string} [method] */
export async function control(path, body, method = body === undefined ? 'GET' : 'POST') {
	const answer = await fetch(`/_sandbox${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
	});
	const json = await answer.json();
	if (!answer.ok) throw new Error(json.error);
	return { json, total: Number(answer.headers.get('x-total-count')) };
}
