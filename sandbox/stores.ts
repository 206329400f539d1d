import * as seed from './seed';
import type { Account, Application, Balances } from './seed';

/**
 * Templates, signatures, applications and accounts. Objects handed out are the live ones: changing a field takes
 * effect at once.
 */

/** A small keyed store that goes back to its start. */
export class Store<T extends object> {
	readonly records = new Map<unknown, T>();

	/** @param start makes fresh starting records */
	constructor(
		readonly start: () => T[],
		readonly key: keyof T,
	) {
		this.reset();
	}

	reset() {
		this.records.clear();
		for (const record of this.start()) this.put(record);
	}

	get(id: unknown): T | undefined {
		return this.records.get(id);
	}

	/** Adds or replaces a record. */
	put(record: T): T {
		this.records.set(record[this.key], record);
		return record;
	}

	/** Changes some fields of a record. */
	patch(id: unknown, changes: Partial<T>): T {
		const record = this.records.get(id);
		if (!record) throw new TypeError(`There is no record ${JSON.stringify(id)}.`);
		return this.put({ ...record, ...changes, [this.key]: record[this.key] });
	}

	/** @returns whether it was there */
	delete(id: unknown): boolean {
		return this.records.delete(id);
	}

	list(): T[] {
		return [...this.records.values()];
	}
}

/** A store for each application: what one application writes, the others neither see nor change. */
export class PerApplication<T extends { written?: boolean }> {
	private readonly stores: Map<string, Store<T>>;

	constructor(
		private readonly appKeys: string[],
		private readonly key: keyof T,
		start: (appKey: string) => T[],
	) {
		this.stores = new Map(appKeys.map((appKey) => [appKey, new Store(() => start(appKey), key)]));
	}

	reset() {
		for (const store of this.stores.values()) store.reset();
	}

	/**
	 * @param appKey default: the first application
	 * @throws {TypeError} when there is no such application
	 */
	of(appKey: string = this.appKeys[0]): Store<T> {
		const store = this.stores.get(appKey);
		if (!store) throw new TypeError(`There is no application with the key ${JSON.stringify(appKey)}.`);
		return store;
	}

	/** Who wrote a record through the API; undefined: it was there from the start. */
	writerOf(id: number): string | undefined {
		return this.entries().find(([, record]) => record.written && record[this.key] === id)?.[0];
	}

	/** What the first application has, and what the others wrote, with the key of the application. */
	entries(): [appKey: string, record: T][] {
		return [...this.stores].flatMap(([appKey, store]) =>
			store
				.list()
				.filter((record) => appKey === this.appKeys[0] || record.written)
				.map((record): [string, T] => [appKey, record]),
		);
	}

	/** An ID that no record of any application has. */
	nextId(): number {
		const ids = [...this.stores.values()].flatMap(({ records }) => [...records.keys()]);
		return Math.max(...ids.map(Number), 45000) + 1;
	}
}

/** Fields of an application that can be changed; an account has `quota` only, and always has one. */
export type AccountChanges = Partial<
	Pick<Application, 'ip_allowed' | 'service_on' | 'blacklisted'> & { quota: Partial<Balances> | null }
>;

/** Applications by appKey and accounts by devKey. */
export class AccountStore {
	readonly applications = new Store(seed.applications, 'app_key');
	readonly developers = new Store(seed.accounts, 'dev_key');

	reset() {
		this.applications.reset();
		this.developers.reset();
	}

	/** The application of an appKey or the account of a devKey. */
	get(key: string): Application | Account | undefined {
		return this.applications.get(key) ?? this.developers.get(key);
	}

	/**
	 * Changes fields of an application or account; `quota` is merged, or taken away with null.
	 * @throws {TypeError} when there is neither, or an account would lose its quota or get a field of an application
	 */
	patch(key: string, { quota, ...changes }: AccountChanges): Application | Account {
		const application = this.applications.get(key);
		if (application) {
			return this.applications.patch(key, {
				...changes,
				...(quota !== undefined && { quota: quota && { ...NO_QUOTA, ...application.quota, ...quota } }),
			});
		}
		const account = this.developers.get(key);
		if (!account) throw new TypeError(`There is no application or account with the key ${JSON.stringify(key)}.`);
		if (quota === null) throw new TypeError('An account always has a "quota"; only an application can be without.');
		const [field] = Object.keys(changes);
		if (field) throw new TypeError(`An account has no field "${field}", only "quota".`);
		return this.developers.patch(key, { quota: { ...account.quota, ...quota } });
	}

	list() {
		return { applications: this.applications.list(), developers: this.developers.list() };
	}
}

const NO_QUOTA: Balances = { balance: null, voice: null, industry: null, market: null };
