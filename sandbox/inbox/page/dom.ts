export type Child = Node | string | undefined | Child[];

type Properties<Tag extends keyof HTMLElementTagNameMap> = Partial<HTMLElementTagNameMap[Tag]> & {
	class?: string;
	[attribute: `data-${string}` | `aria-${string}`]: string | number;
};

/**
 * Makes an element. Texts only ever go into the page as text, never as HTML.
 * @param properties of the element; `class`, `data-*`, `aria-*` and `role` become attributes
 * @param children nodes and texts; empty ones are left out
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	properties: Properties<Tag> = {},
	...children: Child[]
): HTMLElementTagNameMap[Tag] {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (/^(class|role|lang|(aria|data)-.+)$/.test(name)) element.setAttribute(name, String(value));
		else Object.assign(element, { [name]: value });
	}
	append(element, children);
	return element;
}

export function append(element: Element, child: Child) {
	if (Array.isArray(child)) for (const one of child) append(element, one);
	else if (child) element.append(child);
}

/** What stands where there is nothing yet. */
export const empty = (title: string, ...more: Child[]) =>
	el('section', { class: 'empty' }, el('h2', {}, title), ...more);

/** A text as it went over the wire, in a form that can be read. */
export function code(text: string) {
	let shown = text;
	try {
		shown = JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		// Forms and broken bodies are shown as they are.
	}
	return el('pre', { tabIndex: 0 }, el('code', {}, shown));
}

/**
 * Names and values under each other.
 * @param facts empty ones are left out
 */
export const table = (facts: Record<string, string | number | null | undefined>) =>
	el(
		'dl',
		{},
		Object.entries(facts)
			.filter(([, value]) => value !== undefined && value !== null && value !== '')
			.map(([name, value]) => [el('dt', {}, name), el('dd', {}, String(value))]),
	);

/** Short facts beside each other; empty ones are left out. */
export const factsOf = (texts: string[]) => texts.filter((text) => text !== '').map((text) => el('span', {}, text));

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function timeText(ms: number) {
	const date = new Date(ms);
	return (date.toDateString() === new Date().toDateString() ? timeOnly : dayAndTime).format(date);
}

/** 13812345678 → 138 1234 5678, other numbers unchanged. */
export const numberText = (mobile: string) => mobile.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');

export const counted = (count: number, one: string) =>
	count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${one}s`;
