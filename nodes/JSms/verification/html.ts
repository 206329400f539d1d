/** A text that may stand in a page as it is. Only `html` and `trusted` make one, so that nothing gets into a page unescaped. */
export class Html {
	constructor(readonly text: string) {}
}

/** What may stand in a template: texts are escaped; `undefined` and `false` give nothing. */
type Part = Html | string | number | undefined | false | readonly Part[];

/** Template tag that escapes every value, for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
	return new Html(strings.map(compact).reduce((text, string, index) => text + written(parts[index - 1]) + string));
}

/** Without what indents the source. */
function compact(text: string): string {
	return text.replace(/\n\s*/g, '\n');
}

/** A text of our own, such as a style sheet, in which nothing of anybody else stands. */
export function trusted(text: string): Html {
	return new Html(text);
}

function written(part: Part): string {
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(written).join('');
	return part === undefined || part === false ? '' : escape(String(part));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}
