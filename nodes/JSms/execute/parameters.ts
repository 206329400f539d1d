import type { INodeExecutionData } from 'n8n-workflow';

import { nameIn } from '../model/json';
import { plainExpression, type Reference } from './expression';
import { ReferencedItems, type DataProxy } from './referencedItems';
import { missingNodeOf, type BrokenField } from './brokenFields';
import type { EvaluatedField } from './slowFields';

/** Reads a parameter of the node, as n8n's execution context offers it. */
export interface ParameterContext {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback: unknown,
		options: { rawExpressions?: boolean; skipValidation?: boolean },
	): unknown;
	getWorkflowDataProxy(itemIndex: number): DataProxy;
}

type Getter = (itemIndex: number) => unknown;

/** In place of a value that only n8n's evaluator can judge. */
const UNKNOWN = Symbol('unknown');

/** A key that n8n finds again by its name between dots: `templateFields.value.姓名`. */
const PATH_NAME = /^(?!__proto__$)[^.[\]=][^.[\]]*$/;

/**
 * Reads the parameters of a node for all its items.
 *
 * n8n needs 0.4 ms and more for an expression, which is minutes for a large list. A literal is therefore read once; plain
 * references to items, alone or in a text, are followed here; everything else goes through n8n's evaluator.
 */
export class Parameters {
	/** Compiled parameters, each with its latest value: an operation asks for the same one more than once per item. */
	private readonly compiled = new Map<string, { get: Getter; itemIndex: number; value: unknown }>();

	/** How often n8n's evaluator was asked for a parameter or a part of one. */
	private readonly evaluations = new Map<string, number>();

	/** Parameters, or parts of one, that n8n could not evaluate because they refer to a node that does not exist. */
	private readonly broken = new Map<string, BrokenField>();

	/** What was noticed about the values, the first sentence of each kind. */
	private readonly noted = new Map<string, string>();

	private readonly referenced: ReferencedItems;

	constructor(
		private readonly context: ParameterContext,
		items: readonly INodeExecutionData[],
	) {
		this.referenced = new ReferencedItems((itemIndex) => context.getWorkflowDataProxy(itemIndex), items);
	}

	/** Value of a parameter for an item; undefined where it is not set or not shown. */
	read(name: string, itemIndex: number): unknown {
		let entry = this.compiled.get(name);
		if (!entry) {
			const raw = this.raw(name);
			entry = { get: this.compile(name, raw), itemIndex: -1, value: undefined };
			this.compiled.set(name, entry);
		}
		if (entry.itemIndex !== itemIndex) {
			entry.value = entry.get(itemIndex);
			entry.itemIndex = itemIndex;
		}
		return entry.value;
	}

	/** The parameter as the editor stores it, with its expressions; null where it is not set. */
	raw(name: string): unknown {
		return this.context.getNodeParameter(name, 0, null, { rawExpressions: true });
	}

	/** True when the parameter has the same value for every item. */
	isFixed(name: string): boolean {
		return !holdsExpression(this.raw(name));
	}

	/** Keeps a sentence for the editor to show above the output; of each kind only the first one, whatever the number of items. */
	note(kind: string, sentence: string): void {
		if (!this.noted.has(kind)) this.noted.set(kind, sentence);
	}

	/** The sentences kept by `note`. */
	notes(): string[] {
		return [...this.noted.values()];
	}

	/** The parameters that refer to a node that does not exist. */
	brokenFields(): BrokenField[] {
		return [...this.broken.values()];
	}

	/** The parameters that n8n's evaluator was asked for, with how often, the most frequent one first. */
	evaluatedFields(): EvaluatedField[] {
		return Array.from(this.evaluations, ([path, evaluations]) => ({ path, evaluations })).sort(
			(a, b) => b.evaluations - a.evaluations,
		);
	}

	private compile(path: string, raw: unknown): Getter {
		if (raw === null) return () => undefined;
		if (!holdsExpression(raw)) return () => raw;
		if (typeof raw === 'string') return this.compileExpression(path, raw);
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

	private compileExpression(path: string, raw: string): Getter {
		const evaluate = this.evaluate(path);
		const plain = plainExpression(raw);
		if (!plain) return evaluate;
		const get = 'parts' in plain ? this.compileText(plain.parts) : this.compileReference(plain);
		return (itemIndex) => {
			const value = get(itemIndex);
			return value === UNKNOWN ? evaluate(itemIndex) : value;
		};
	}

	private compileReference({ source, steps }: Reference): Getter {
		const find = this.referenced.finder(source);
		return (itemIndex) => follow(find(itemIndex), steps);
	}

	private compileText(parts: Array<string | Reference>): Getter {
		const getters = parts.map((part) => (typeof part === 'string' ? part : this.compileReference(part)));
		return (itemIndex) => {
			let text = '';
			for (const part of getters) {
				const value = typeof part === 'string' ? part : part(itemIndex);
				if (value === UNKNOWN) return UNKNOWN;
				// n8n writes nothing for what is missing.
				text += String(value ?? '');
			}
			return text;
		};
	}

	private evaluate(path: string): Getter {
		return (itemIndex) => {
			this.evaluations.set(path, (this.evaluations.get(path) ?? 0) + 1);
			try {
				return this.context.getNodeParameter(path, itemIndex, null, { skipValidation: true });
			} catch (error) {
				throw this.rememberBroken(path, error);
			}
		};
	}

	/** @returns the error as it came: n8n's own words name the cause */
	private rememberBroken(path: string, error: unknown): Error {
		const missing = missingNodeOf(error);
		if (missing) this.broken.set(path, { path, ...missing });
		return error as Error;
	}
}

/**
 * The text, finite number or boolean at the end of the path, null where that stands there, undefined where the last step
 * leads nowhere. Everything else is unknown: lists and objects reach nodes as n8n's evaluator makes them.
 */
function follow(
	json: unknown,
	steps: Reference['steps'],
): string | number | boolean | null | undefined | typeof UNKNOWN {
	let value = json;
	for (const [index, step] of steps.entries()) {
		if (typeof value !== 'object' || value === null) return UNKNOWN;
		// Columns are the names of the first step: one with a byte order mark goes by its name without it, too.
		const key = index > 0 ? step : (nameIn(value, String(step)) ?? step);
		if (!Object.hasOwn(value, key)) return index === steps.length - 1 && !(key in value) ? undefined : UNKNOWN;
		value = (value as Record<string | number, unknown>)[key];
	}
	if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
	// Some evaluators lose the sign of -0, or take an undefined in a list for null.
	return Number.isFinite(value) && !Object.is(value, -0) ? (value as number) : UNKNOWN;
}

function holdsExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.entries(raw).some(([name, part]) => name.startsWith('=') || holdsExpression(part));
}
