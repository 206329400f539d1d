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

/**
 * A store for each application: what one application writes, the others neither see nor change.
 * @template {Store<any>} S
 */
class PerApplication {
	/** @param {string[]} appKeys @param {(appKey: string) => S} make */
	constructor(appKeys, make) {
		/** @type {Map<string, S>} */
		this.stores = new Map(appKeys.map((appKey) => [appKey, make(appKey)]));
	}

	reset() {
		for (const store of this.stores.values()) store.reset();
	}

	/**
	 * @param {string} [appKey] default: the first application
	 * @throws {TypeError} when there is no such application
	 */
	of(appKey = this.stores.keys().next().value) {
		const store = this.stores.get(/** @type {string} */ (appKey));
		if (!store) throw new TypeError(`There is no application with the key ${JSON.stringify(appKey)}.`);
		return store;
	}

	/** Who wrote a record through the API; undefined: it was there from the start. @param {number} id */
	writerOf(id) {
		return this.entries().find(([, record]) => record.written && record[this.of().key] === id)?.[0];
	}

	/** What the first application has, and what the others wrote, with the key of the application. @returns {[string, any][]} */
	entries() {
		const [first] = this.stores.keys();
		return [...this.stores].flatMap(([appKey, store]) =>
			store
				.list()
				.filter((record) => appKey === first || record.written)
				.map((record) => /** @type {[string, any]} */ ([appKey, record])),
		);
	}

	/** An ID that no record of any application has. @returns {number} */
	nextId() {
		const ids = [...this.stores.values()].flatMap(({ records }) => [...records.keys()]);
		return Math.max(...ids.map(Number), 45000) + 1;
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

module.exports = { Store, TemplateStore, PerApplication, AccountStore };
