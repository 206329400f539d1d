'use strict';

const { KINDS } = require('./kinds');
const { whole, text } = require('./fields');

/** Fields every fault takes. */
const COMMON = {
	kind: text({ required: true }),
	times: {
		check: (/** @type {unknown} */ value) => value === 'always' || (Number.isSafeInteger(value) && Number(value) >= 1),
		expects: 'a whole number from 1 or "always"',
		default: 1,
	},
	method: text(),
	path: {
		check: (/** @type {unknown} */ value) => typeof value === 'string' && value.startsWith('/v1'),
		expects: 'a path that begins with /v1, where * stands for anything',
	},
	after: whole(0, { default: 0 }),
};

/**
 * @param {unknown} given
 * @returns {import('./kinds').Fault} with the defaults filled in
 * @throws {TypeError} a sentence that says what is wrong
 */
function checkFault(given) {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) {
		throw new TypeError('A fault is an object with a "kind".');
	}
	const fault = /** @type {Record<string, unknown>} */ (given);
	const kind = typeof fault.kind === 'string' && Object.hasOwn(KINDS, fault.kind) ? KINDS[fault.kind] : undefined;
	if (!kind) {
		throw new TypeError(
			`There is no fault kind ${JSON.stringify(fault.kind)}. Known: ${Object.keys(KINDS).join(', ')}.`,
		);
	}
	/** @type {Record<string, any>} */
	const fields = { ...COMMON, ...kind.fields };
	for (const [name, value] of Object.entries(fault)) {
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (!field)
			throw new TypeError(
				`A fault of the kind "${fault.kind}" has no field "${name}". Known: ${Object.keys(fields).join(', ')}.`,
			);
		if (!field.check(value)) throw new TypeError(`"${name}" of the fault "${fault.kind}" must be ${field.expects}.`);
	}
	/** @type {Record<string, any>} */
	const checked = {};
	for (const [name, field] of Object.entries(fields)) {
		if (Object.hasOwn(fault, name)) checked[name] = fault[name];
		else if (field.required)
			throw new TypeError(`A fault of the kind "${fault.kind}" needs "${name}": ${field.expects}.`);
		else if (field.default !== undefined) checked[name] = field.default;
	}
	return /** @type {import('./kinds').Fault} */ (checked);
}

/** @param {string} pattern @param {string} path */
function pathMatches(pattern, path) {
	const escaped = pattern.split('*').map((piece) => piece.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
	return new RegExp(`^${escaped.join('.*')}$`).test(path);
}

/** Faults waiting for the requests they are meant for. */
class FaultQueue {
	constructor() {
		/** @type {import('./kinds').Fault[]} */
		this.waiting = [];
	}

	reset() {
		this.waiting.length = 0;
	}

	/** Queues one fault or several, all or none. @param {unknown} given */
	add(given) {
		const faults = (Array.isArray(given) ? given : [given]).map(checkFault);
		this.waiting.push(...faults);
	}

	/**
	 * The fault for a request: the first in the queue that is meant for it and has let enough requests pass. Every
	 * fault counts the requests meant for it, whether or not another one gets them.
	 * @param {string} method
	 * @param {string} path
	 * @returns {import('./kinds').Fault | undefined}
	 */
	take(method, path) {
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

module.exports = { FaultQueue, checkFault };
