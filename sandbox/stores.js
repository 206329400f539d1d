'use strict';

const seed = require('./seed');
const { compileTemplate } = require('./send/text');

/**
 * Templates, signatures, applications and accounts. Objects handed out are the live ones: changing a field takes
 * effect at once (except a template's text, which goes through `put`).
 */

/** A small keyed store that goes back to its start. @template T */
class Store {
	/**
	 * @param {() => T[]} start makes fresh starting records
	 * @param {keyof T} key
	 * @param {(record: T) => T} [prepare] run on every record that comes in
	 */
	constructor(start, key, prepare = (record) => record) {
		this.start = start;
		this.key = key;
		this.prepare = prepare;
		/** @type {Map<unknown, T>} */
		this.records = new Map();
		this.reset();
	}

	reset() {
		this.records.clear();
		for (const record of this.start()) this.put(record);
	}

	/** @param {unknown} id @returns {T | undefined} */
	get(id) {
		return this.records.get(id);
	}

	/** Adds or replaces a record. @param {T} record */
	put(record) {
		this.records.set(record[this.key], this.prepare(record));
		return record;
	}

	/** Changes some fields of a record. @param {unknown} id @param {Partial<T>} changes */
	patch(id, changes) {
		const record = this.records.get(id);
		if (!record) throw new TypeError(`There is no record ${JSON.stringify(id)}.`);
		const key = this.key;
		return this.put({ ...record, ...changes, [key]: record[key] });
	}

	/** @param {unknown} id @returns {boolean} whether it was there */
	delete(id) {
		return this.records.delete(id);
	}

	/** An ID that no record has. @returns {number} */
	nextId() {
		return Math.max(...this.list().map((record) => Number(record[this.key])), 45000) + 1;
	}

	/** @returns {T[]} */
	list() {
		return [...this.records.values()];
	}
}

/**
 * Keeps texts taken apart beside the templates, so that this happens once and not for every recipient.
 * @extends {Store<import('./seed').Template>}
 */
class TemplateStore extends Store {
	constructor() {
		/** @type {Map<number, import('./send/text').CompiledTemplate>} */
		const compiled = new Map();
		super(seed.templates, 'temp_id', (record) => {
			compiled.set(record.temp_id, compileTemplate(record.template));
			return record;
		});
		this.compiled = compiled;
	}

	/** @param {import('./seed').Template} template one of this store */
	compiledOf({ temp_id: id }) {
		return /** @type {import('./send/text').CompiledTemplate} */ (this.compiled.get(id));
	}
}

/** Applications by appKey and accounts by devKey. */
class AccountStore {
	constructor() {
		this.applications = new Store(seed.applications, 'app_key');
		this.developers = new Store(seed.accounts, 'dev_key');
	}

	reset() {
		this.applications.reset();
		this.developers.reset();
	}

	/** The application of an appKey or the account of a devKey. @param {string} key */
	get(key) {
		return this.applications.get(key) ?? this.developers.get(key);
	}

	/**
	 * Changes fields of an application or account; `quota` is merged, or taken away with null.
	 * @param {string} key
	 * @param {Record<string, any>} changes
	 */
	patch(key, changes) {
		const store = this.applications.get(key) ? this.applications : this.developers;
		const current = store.get(key);
		if (!current) throw new TypeError(`There is no application or account with the key ${JSON.stringify(key)}.`);
		const quota =
			changes.quota === undefined || changes.quota === null
				? changes
				: {
						...changes,
						quota: { balance: null, voice: null, industry: null, market: null, ...current.quota, ...changes.quota },
					};
		return store.patch(key, quota);
	}

	list() {
		return { applications: this.applications.list(), developers: this.developers.list() };
	}
}

module.exports = { Store, TemplateStore, AccountStore };
