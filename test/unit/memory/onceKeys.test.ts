import type { DedupeStore } from '../../../nodes/JSms/memory/dedupeStore';
import { openOnceKeys } from '../../../nodes/JSms/memory/onceKeys';

/** A store that keeps its entries, and breaks when it is told to. */
class Store implements DedupeStore {
	readonly entries = new Set<string>();

	/** What it was asked, call by call. */
	readonly recorded: string[][] = [];

	readonly secured: string[][] = [];

	readonly forgotten: string[][] = [];

	broken = false;

	async record(entries: string[]) {
		this.recorded.push(entries);
		if (this.broken) throw new Error('database is locked');
		const known = new Set(entries.filter((entry) => this.entries.has(entry)));
		for (const entry of entries) this.entries.add(entry);
		return known;
	}

	async forget(entries: string[]) {
		this.forgotten.push(entries);
		if (this.broken) throw new Error('database is locked');
		for (const entry of entries) this.entries.delete(entry);
	}

	reserve() {}

	async patience() {}

	async secure(entries: string[]) {
		this.secured.push(entries);
	}

	async settle() {}

	isContested() {
		return false;
	}
}

it('tells which keys were used before, by this run or by another', async () => {
	const store = new Store();
	await openOnceKeys(store).claim(['a']);
	const keys = openOnceKeys(store);
	expect(await keys.claim(['a', 'b'])).toEqual(new Set(['a']));
	expect(await keys.claim(['b', 'c'])).toEqual(new Set(['b']));
});

it('takes keys that were given back for new ones, in the same run too', async () => {
	const keys = openOnceKeys(new Store());
	await keys.claim(['a', 'b']);
	await keys.release(['a']);
	expect(await keys.claim(['a', 'b'])).toEqual(new Set(['b']));
});

it('asks the store for nothing where there is nothing to ask', async () => {
	const store = new Store();
	const keys = openOnceKeys(store);
	expect(await keys.claim([])).toEqual(new Set());
	await keys.release([]);
	await keys.claim(['a']);
	// Its own repeat is found without asking.
	expect(await keys.claim(['a', 'a'])).toEqual(new Set(['a']));
	expect(await keys.claim(['b', 'a'])).toEqual(new Set(['a']));
	expect(store.recorded).toEqual([['once:a'], ['once:b']]);
	expect(store.forgotten).toEqual([]);
});

it('has no keys to remember where there is no store', async () => {
	const keys = openOnceKeys(undefined);
	expect([await keys.claim(['a']), await keys.claim(['a'])]).toEqual([new Set(), new Set()]);
	await expect(keys.release(['a'])).resolves.toBeUndefined();
});

it('waits until the keys that it may send with are safe, and for no others', async () => {
	const store = new Store();
	await openOnceKeys(store).claim(['a']);
	await openOnceKeys(store).claim(['a', 'b']);
	expect(store.secured).toEqual([['once:a'], ['once:b']]);
});

it('says in a sentence that the store does not answer', async () => {
	const store = new Store();
	const keys = openOnceKeys(store);
	await keys.claim(['a']);
	store.broken = true;
	await expect(keys.claim(['b'])).rejects.toMatchObject({
		message: "'Send Once Key' cannot be used because n8n's memory of used keys is not available (database is locked)",
		hint: "Nothing was sent. Save the workflow first, or remove the option 'Send Once Key'.",
		concerns: 'everyone',
	});
});

it('leaves keys used that cannot be given back: what they stand for is not sent again', async () => {
	const store = new Store();
	const keys = openOnceKeys(store);
	await keys.claim(['a']);
	store.broken = true;
	await keys.release(['a']);
	store.broken = false;
	expect(await keys.claim(['a'])).toEqual(new Set(['a']));
});
