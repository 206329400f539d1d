import type { INodeExecutionData } from 'n8n-workflow';

/** Reads a parameter of the node, as n8n's execution context offers it. */
export interface ParameterContext {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback: unknown,
		options: { rawExpressions?: boolean; skipValidation?: boolean },
	): unknown;
}

type Getter = (itemIndex: number) => unknown;

/**
 * What dragging a field into a parameter writes: `={{ $json.a["b c"] }}`. Between dots only letters that every parser
 * knows: n8n's own is older than the newest scripts, and what it cannot read must fail here as it does there.
 */
const DOTTED = String.raw`\.([A-Za-z\u4e00-\u9fa5][\w\u4e00-\u9fa5]*)`;
const QUOTED = String.raw`\["([^"\\{}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*)"\]|\['([^'\\{}\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*)'\]`;
const PLAIN_REFERENCE = new RegExp(String.raw`^=\{\{\s*\$json((?:${DOTTED}|${QUOTED})+)\s*\}\}$`, 'u');
const REFERENCE_STEP = new RegExp(`${DOTTED}|${QUOTED}`, 'gu');

/** A key that n8n finds again by its name between dots: `templateFields.value.姓名`. */
const PATH_NAME = /^(?!__proto__$)[^.[\]=][^.[\]]*$/;

/**
 * Reads the parameters of a node for all its items.
 *
 * n8n needs 0.4 ms for an expression, which is minutes for a large list. A literal is therefore read once, and a plain
 * reference to the item's own data is read from the item; everything else goes through n8n's evaluator.
 */
export class Parameters {
	/** Compiled parameters, each with its latest value: an operation asks for the same one more than once per item. */
	private readonly compiled = new Map<string, { get: Getter; itemIndex: number; value: unknown }>();

	constructor(
		private readonly context: ParameterContext,
		private readonly items: readonly INodeExecutionData[],
	) {}

	/** Value of a parameter for an item; undefined where it is not set or not shown. */
	read(name: string, itemIndex: number): unknown {
		let entry = this.compiled.get(name);
		if (!entry) {
			const raw = this.context.getNodeParameter(name, 0, null, { rawExpressions: true });
			entry = { get: this.compile(name, raw), itemIndex: -1, value: undefined };
			this.compiled.set(name, entry);
		}
		if (entry.itemIndex !== itemIndex) {
			entry.value = entry.get(itemIndex);
			entry.itemIndex = itemIndex;
		}
		return entry.value;
	}

	/** True when the parameter has the same value for every item. */
	isFixed(name: string): boolean {
		return !holdsExpression(this.context.getNodeParameter(name, 0, null, { rawExpressions: true }));
	}

	private compile(path: string, raw: unknown): Getter {
		if (raw === null || raw === undefined) return () => undefined;
		if (!holdsExpression(raw)) return () => raw;
		if (typeof raw === 'string') return this.compileReference(path, raw);
		if (Array.isArray(raw)) {
			const parts = raw.map((part, index) => this.compile(`${path}[${index}]`, part));
			return (itemIndex) => parts.map((part) => part(itemIndex));
		}
		const entries = Object.entries(raw as object);
		// Not every name can stand in a path; keys may even be expressions themselves.
		if (!entries.every(([name]) => PATH_NAME.test(name))) return this.evaluate(path);
		const parts = entries.map(([name, part]) => [name, this.compile(`${path}.${name}`, part)] as const);
		return (itemIndex) => {
			const value: Record<string, unknown> = {};
			for (const [name, part] of parts) value[name] = part(itemIndex);
			return value;
		};
	}

	private compileReference(path: string, raw: string): Getter {
		const evaluate = this.evaluate(path);
		const steps = plainReference(raw);
		if (!steps) return evaluate;
		return (itemIndex) => {
			const value = follow(this.items[itemIndex].json, steps);
			return value === undefined ? evaluate(itemIndex) : value;
		};
	}

	private evaluate(path: string): Getter {
		return (itemIndex) => this.context.getNodeParameter(path, itemIndex, null, { skipValidation: true });
	}
}

/** The steps of a plain reference; undefined for any other expression. */
export function plainReference(raw: string): string[] | undefined {
	const path = PLAIN_REFERENCE.exec(raw)?.[1];
	if (path === undefined) return undefined;
	const steps = Array.from(path.matchAll(REFERENCE_STEP), ([, dotted, double, single]) => dotted ?? double ?? single);
	// n8n looks for this word behind any dot of an expression, even within quotes.
	return /\.\s*constructor/.test(path) || steps.some(isGuarded) ? undefined : steps;
}

/** Names that n8n's evaluator treats specially: it guards what every JavaScript object inherits, and more. */
function isGuarded(name: string): boolean {
	return name in Object.prototype || GUARDED_NAME.test(name);
}

const GUARDED_NAME =
	/^(_|(prototype|arguments|calle[re]|mainModule|binding|getBuiltinModule|dlopen|execve|loadEnvFile)$|get(Own)?Proto|getOwnProperty|defineProp|setProto|prepareStack)/;

/** The text, number or boolean at the end of the path; undefined for anything that only the evaluator can judge. */
function follow(json: unknown, steps: readonly string[]): string | number | boolean | undefined {
	let value = json;
	for (const step of steps) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return typeof value === 'string' ||
		typeof value === 'boolean' ||
		(typeof value === 'number' && Number.isFinite(value))
		? value
		: undefined;
}

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.entries(raw).some(([name, part]) => name.startsWith('=') || holdsExpression(part));
}
