/** Which item of a list of items: the one that belongs to the item at hand, or one that is the same for all. */
export type Which = 'item' | 'first' | 'last' | number;

/** Where a reference starts, before `.json`. */
export type Source =
	/** `$json`. */
	| { of: 'json' }
	/** `$input.item` and its kin. */
	| { of: 'input'; which: Which }
	/** `$('Name').item` and its kin; the item is found by n8n's links between items. */
	| { of: 'node'; name: string; which: Which }
	/** `$node["Name"]`, the older form; the item is found by its position. */
	| { of: 'position'; name: string }
	/** `$items("Name")[0]`, the older form. */
	| { of: 'items'; name: string; which: number };

/** A plain way from an item to one of its values. */
export interface Reference {
	source: Source;
	/** Names, and positions in lists. */
	steps: Array<string | number>;
}

/** An expression taken apart: a single reference, which keeps its type, or text with references in it. */
export type PlainExpression = Reference | { parts: Array<string | Reference> };

/**
 * Takes an expression apart as far as it holds nothing but plain references and text; undefined for any other.
 *
 * Plain references are what dragging a field writes: `={{ $json.a["b c"] }}`, `={{ $('Name').item.json.list[0] }}`.
 */
export function plainExpression(raw: string): PlainExpression | undefined {
	// n8n looks for this word behind any dot of an expression, even within quotes and in text.
	if (!raw.startsWith('=') || /\.\s*constructor/.test(raw)) return undefined;
	const pieces = raw.slice(1).split(CODE);
	const parts: Array<string | Reference> = [];
	for (const [index, piece] of pieces.entries()) {
		const part = index % 2 === 0 ? plainText(piece) : plainReference(piece);
		if (part === undefined) return undefined;
		parts.push(part);
	}
	const [before, first, after] = parts;
	if (parts.length === 3 && before === '' && after === '') return first as Reference;
	return { parts: parts.filter((part) => part !== '') };
}

/** What stands between double braces; n8n ends it at the first pair of closing ones. */
const CODE = /\{\{([^]*?)\}\}/;

/** Text as n8n writes it: a backslash may escape braces, and names of JavaScript trip n8n's memory of expressions. */
function plainText(text: string): string | undefined {
	return text.includes('\\') || text.includes('{{') || text in Object.prototype ? undefined : text;
}

/** Between quotes: nothing that JavaScript or n8n read in a way of their own, and quotes as the editor escapes them. */
const QUOTED = String.raw`"((?:[^"\\{}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\\")*)"|'((?:[^'\\{}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\\')*)'`;

/**
 * Between dots only letters that every parser knows: n8n's own is older than the newest scripts, and what it cannot read
 * must fail here as it does there.
 */
const DOTTED = String.raw`\.([A-Za-z\u4e00-\u9fa5][\w\u4e00-\u9fa5]*)`;
const INDEX = String.raw`(0|[1-9]\d{0,8})`;
const STEP = String.raw`${DOTTED}|\[(?:${QUOTED})\]|\[${INDEX}\]`;
const WHICH = String.raw`\.(?:(item)|(first|last)\(\)|all\(\)\[${INDEX}\])`;
const SOURCE = [
	String.raw`(?<json>\$json)`,
	String.raw`(?:(?<input>\$input)|\$\((?<node>${QUOTED})\))(?<which>${WHICH})\.json`,
	String.raw`\$node\[(?<position>${QUOTED})\]\.json`,
	String.raw`\$items\((?<items>${QUOTED})\)\[(?<at>${INDEX})\]\.json`,
].join('|');

const REFERENCE = new RegExp(String.raw`^\s*(?:${SOURCE})(?<path>(?:${STEP})+)\s*$`, 'u');
const STEPS = new RegExp(STEP, 'gu');
const WHICH_ONE = new RegExp(`^${WHICH}$`);

/** The reference in a piece of code; undefined for any other code. */
function plainReference(code: string): Reference | undefined {
	const groups = REFERENCE.exec(code)?.groups;
	if (!groups) return undefined;
	const steps = Array.from(groups.path.matchAll(STEPS), ([, dotted, double, single, index]) =>
		index === undefined ? (dotted ?? unquoted(double ?? single)) : Number(index),
	);
	const source = sourceOf(groups);
	const names = 'name' in source ? [...steps, source.name] : steps;
	return names.some(isSpecial) || ('name' in source && source.name === '') ? undefined : { source, steps };
}

function sourceOf(groups: Record<string, string | undefined>): Source {
	const { input, node, which, position, items, at } = groups;
	if (input !== undefined) return { of: 'input', which: whichOf(which as string) };
	if (node !== undefined) return { of: 'node', name: unquoted(node.slice(1, -1)), which: whichOf(which as string) };
	if (position !== undefined) return { of: 'position', name: unquoted(position.slice(1, -1)) };
	if (items !== undefined) return { of: 'items', name: unquoted(items.slice(1, -1)), which: Number(at) };
	return { of: 'json' };
}

function whichOf(code: string): Which {
	const [, item, end, index] = WHICH_ONE.exec(code) as RegExpExecArray;
	if (item !== undefined) return 'item';
	return index === undefined ? (end as 'first' | 'last') : Number(index);
}

function unquoted(text: string): string {
	return text.replace(/\\(["'])/g, '$1');
}

/** Names that n8n's evaluator treats specially: it guards what every JavaScript object inherits, and more. */
function isSpecial(name: string | number): boolean {
	return name in Object.prototype || GUARDED_NAME.test(String(name));
}

const GUARDED_NAME =
	/^(_|(prototype|arguments|calle[re]|mainModule|binding|getBuiltinModule|dlopen|execve|loadEnvFile)$|get(Own)?Proto|getOwnProperty|defineProp|setProto|prepareStack)/;
