import { isObject } from '../json';
import { KINDS } from './kinds';
import { isWhole, text, whole, type Field, type Fields, type Values } from './fields';

/** Fields every fault takes. */
const COMMON = {
	kind: text({ required: true }),
	times: {
		check: (value) => value === 'always' || isWhole(value, 1),
		expects: 'a whole number from 1 or "always"',
		default: 1,
	} as Field<number | 'always'>,
	method: text(),
	path: {
		check: (value) => typeof value === 'string' && value.startsWith('/v1'),
		expects: 'a path that begins with /v1, where * stands for anything',
	} as Field<string | undefined>,
	after: whole(0, { default: 0 }),
};

/** A fault that waits for its requests; it holds the fields of its kind, too. */
export type Fault = Values<typeof COMMON> & Record<string, unknown>;

/** A fault as it is asked for. */
export type FaultRequest = Partial<Values<typeof COMMON>> & { kind: string; [field: string]: unknown };

/**
 * @returns with the defaults filled in
 * @throws {TypeError} a sentence that says what is wrong
 */
export function checkFault(given: unknown): Fault {
	if (!isObject(given)) throw new TypeError('A fault is an object with a "kind".');
	const fault = given;
	const kind = typeof fault.kind === 'string' && Object.hasOwn(KINDS, fault.kind) ? KINDS[fault.kind] : undefined;
	if (!kind) {
		throw new TypeError(
			`There is no fault kind ${JSON.stringify(fault.kind)}. Known: ${Object.keys(KINDS).join(', ')}.`,
		);
	}
	const fields: Fields = { ...COMMON, ...kind.fields };
	for (const [name, value] of Object.entries(fault)) {
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (!field)
			throw new TypeError(
				`A fault of the kind "${fault.kind}" has no field "${name}". Known: ${Object.keys(fields).join(', ')}.`,
			);
		if (!field.check(value)) throw new TypeError(`"${name}" of the fault "${fault.kind}" must be ${field.expects}.`);
	}
	const checked: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		if (Object.hasOwn(fault, name)) checked[name] = fault[name];
		else if (field.required)
			throw new TypeError(`A fault of the kind "${fault.kind}" needs "${name}": ${field.expects}.`);
		else if (field.default !== undefined) checked[name] = field.default;
	}
	return checked as Fault;
}

function pathMatches(pattern: string, path: string) {
	const escaped = pattern.split('*').map((piece) => piece.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
	return new RegExp(`^${escaped.join('.*')}$`).test(path);
}

/** Faults waiting for the requests they are meant for. */
export class FaultQueue {
	readonly waiting: Fault[] = [];

	reset() {
		this.waiting.length = 0;
	}

	/** Queues one fault or several, all or none. */
	add(given: unknown) {
		const faults = (Array.isArray(given) ? given : [given]).map(checkFault);
		this.waiting.push(...faults);
	}

	/**
	 * The fault for a request: the first in the queue that is meant for it and has let enough requests pass. Every
	 * fault counts the requests meant for it, whether or not another one gets them.
	 */
	take(method: string, path: string): Fault | undefined {
		if (this.waiting.length === 0) return undefined;
		let taken;
		for (const fault of this.waiting) {
			if (fault.method && fault.method.toUpperCase() !== method) continue;
			if (fault.path && !pathMatches(fault.path, path)) continue;
			if (fault.after > 0) fault.after--;
			else taken ??= fault;
		}
		if (taken && taken.times !== 'always' && --taken.times === 0) this.waiting.splice(this.waiting.indexOf(taken), 1);
		return taken;
	}
}
