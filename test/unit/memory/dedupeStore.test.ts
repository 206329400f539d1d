import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { openOnceKeys } from '../../../nodes/JSms/memory/onceKeys';
import { newProcess, range, SharedRecord } from './sharedRecord';

it('keeps what many executions in two processes record at once, the first use included', async () => {
	const record = new SharedRecord();
	const processes = [newProcess(), newProcess()];
	const answers = await Promise.all(
		range(20).map(async (entry, index) => {
			const store = record.openIn(processes[index % 2]);
			const known = await store?.record([entry]);
			await store?.settle();
			return known;
		}),
	);
	expect(answers).toEqual(range(20).map(() => new Set()));
	expect([...(record.entries ?? [])].sort()).toEqual(range(20).sort());
	// Without that there would have been nothing to mend.
	expect(record.refusedInserts).toBeGreaterThan(0);
});

it('has a claimed key still when another process has undone it and ours dies the moment it may send', async () => {
	const record = new SharedRecord();
	const [mine, other] = [record.openIn(newProcess()), record.openIn(newProcess())];
	await other?.record(['before']);
	await other?.settle();
	const undoing = [openOnceKeys(mine).claim(['order-1']), other?.record(['after'])];
	await Promise.all(undoing);
	expect(record.entries).toEqual(['before', 'after', 'once:order-1']);
});

it('looks again when the database was away for a moment', async () => {
	const record = new SharedRecord();
	const [mine, other] = [record.openIn(newProcess()), record.openIn(newProcess())];
	await other?.record(['before']);
	await Promise.all([mine?.record(['a']), other?.record(['after'])]);
	const { checkProcessedAndRecord } = record.helpers;
	let failures = 8;
	record.helpers.checkProcessedAndRecord = async (...call) => {
		if (failures-- > 0) throw new Error('the database system is starting up');
		return await checkProcessedAndRecord(...call);
	};
	await Promise.all([mine?.settle(), other?.settle()]);
	expect(record.entries).toEqual(['before', 'after', 'a']);
});

it('does not make a process wait that was found alone again and again', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	const keys = openOnceKeys(store);
	const waits: boolean[] = [];
	for (const key of range(14)) {
		const calls = record.calls.length;
		await keys.claim([key]);
		waits.push(record.calls.length > calls + 1);
		await store?.settle();
	}
	expect(waits).toEqual([...new Array<boolean>(10).fill(true), ...new Array<boolean>(4).fill(false)]);
});

it('tells one of two executions in a process that the other one was first', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	const answers = await Promise.all(range(2).map(async () => await record.openIn(process)?.record(['same', 'other'])));
	expect(answers).toEqual([new Set(), new Set(['same', 'other'])]);
});

it('records in one call what executions ask for while another call is under way', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	const ask = async (entry: string) => await record.openIn(process)?.record([entry]);
	const before = record.openIn(process);
	await before?.record(['known']);
	await before?.settle();
	record.calls = [];
	const first = ask('first');
	await sleep(1);
	const answers = await Promise.all(['a', 'b', 'known', 'c'].map(ask));
	expect(record.calls.map(({ asked }) => asked)).toEqual([['first'], ['a', 'b', 'known', 'c']]);
	expect([await first, ...answers]).toEqual([new Set(), new Set(), new Set(), new Set(['known']), new Set()]);
});

it('tells the truth about an entry that is asked for again while it waits to be recorded', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	const ask = async (entry: string) => await record.openIn(process)?.record([entry]);
	const answers = await Promise.all(['first', 'a', 'a', 'b'].map(ask));
	expect(answers).toEqual([new Set(), new Set(), new Set(['a']), new Set()]);
});

it('counts an entry as new that is recorded after it was forgotten, while other calls are waiting', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	await store?.record(['a']);
	const [, , , answer] = await Promise.all([
		store?.record(['first']),
		store?.record(['other']),
		store?.forget(['a']),
		store?.record(['a']),
	]);
	expect(answer).toEqual(new Set());
	expect(record.entries).toContain('a');
});

it('keeps as many entries as the execution that needs most of them, whoever makes the call', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	const large = record.openIn(process);
	large?.reserve(5_000);
	await record.openIn(process)?.record(['a']);
	// And one mark for every 500 of them.
	expect(record.calls[0].maxEntries).toBe(5_100 + 10);
	await record.openIn(process, { node: 'node-2', maxEntries: 70 })?.record(['a']);
	expect(record.calls[1].maxEntries).toBe(70);
	await large?.settle();
});

it('does not bring back what was forgotten while it was being looked up again', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	await store?.record(['a']);
	await store?.forget(['a']);
	await store?.settle();
	// Long enough for the look-up that was under way.
	await sleep(200);
	expect(record.entries).toEqual([]);
	expect(record.calls.map(({ asked }) => asked)).toEqual([['a']]);
});

it('tells the truth where only one of several entries waits already', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	const ask = async (...entries: string[]) => await record.openIn(process)?.record(entries);
	const answers = await Promise.all([ask('first'), ask('a'), ask('a', 'b')]);
	expect(answers).toEqual([new Set(), new Set(), new Set(['a'])]);
});

it('records an entry although another one is forgotten before its turn comes', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	await expect(Promise.all([store?.record(['a']), store?.forget(['b'])])).resolves.toEqual([new Set(), undefined]);
	expect(record.entries).toEqual(['a']);
});

it('keeps its entries for the node, not for the whole workflow', async () => {
	const record = new SharedRecord();
	const { checkProcessedAndRecord, removeProcessed } = record.helpers;
	const scopes: string[] = [];
	record.helpers.checkProcessedAndRecord = async (asked, scope, options) => {
		scopes.push(scope);
		return await checkProcessedAndRecord(asked, scope, options);
	};
	Object.assign(record.helpers, {
		removeProcessed: async (asked: string[], scope: string) => {
			scopes.push(scope);
			await removeProcessed(asked);
		},
	});
	const store = record.openIn(newProcess());
	await store?.record(['a']);
	await store?.forget(['a']);
	expect(scopes).toEqual(['node', 'node']);
});

it('goes on after a call that failed', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	const { checkProcessedAndRecord } = record.helpers;
	record.helpers.checkProcessedAndRecord = async () => await Promise.reject(new Error('no connection'));
	await expect(store?.record(['a'])).rejects.toThrow('no connection');
	record.helpers.checkProcessedAndRecord = checkProcessedAndRecord;
	await expect(store?.record(['a'])).resolves.toEqual(new Set());
	await store?.forget(['a']);
	await expect(store?.record(['a'])).resolves.toEqual(new Set());
});

it('gives up on entries that the store does not keep', async () => {
	const record = new SharedRecord();
	record.helpers.checkProcessedAndRecord = async (asked) => await Promise.resolve({ new: asked, processed: [] });
	const store = record.openIn(newProcess());
	await expect(store?.record(['a'])).resolves.toEqual(new Set());
	await expect(store?.settle()).resolves.toBeUndefined();
});

it('knows that another process writes the record once that has undone something', async () => {
	const record = new SharedRecord();
	const mine = record.openIn(newProcess());
	await mine?.record(['a']);
	await mine?.settle();
	expect(mine?.isContested()).toBe(false);
	const other = record.openIn(newProcess());
	await Promise.all([mine?.record(['b']), other?.record(['c'])]);
	await Promise.all([mine?.settle(), other?.settle()]);
	// Whoever wrote first was undone.
	expect([mine?.isContested(), other?.isContested()]).toContain(true);
	expect([...(record.entries ?? [])].sort()).toEqual(['a', 'b', 'c']);
});

it('knows that another process writes the record when both want to create it', async () => {
	const record = new SharedRecord();
	const stores = [newProcess(), newProcess()].map((process) => record.openIn(process));
	await Promise.all(stores.map(async (store, index) => await store?.record([`entry-${index}`])));
	expect(stores.map((store) => store?.isContested())).toContain(true);
});

it('takes for known what it recorded itself, although another process has undone it', async () => {
	const record = new SharedRecord();
	const process = newProcess();
	await record.openIn(process)?.record(['a']);
	record.entries = [];
	expect(await record.openIn(process)?.record(['a', 'b'])).toEqual(new Set(['a']));
	await record.openIn(process)?.forget(['a']);
	expect(await record.openIn(process)?.record(['a'])).toEqual(new Set());
});

it('is not there in a version of n8n without such a store', () => {
	const context = { getWorkflow: () => ({ id: 'workflow-1' }), helpers: {} } as unknown as IExecuteFunctions;
	expect(newProcess().openDedupeStore(context, 100)).toBeUndefined();
});

it('is not there where a workflow was never saved', () => {
	const context = { getWorkflow: () => ({}), helpers: new SharedRecord().helpers } as unknown as IExecuteFunctions;
	expect(newProcess().openDedupeStore(context, 100)).toBeUndefined();
});

it('asks n8n for nothing where nothing is to be recorded or looked up', async () => {
	const record = new SharedRecord();
	const store = record.openIn(newProcess());
	expect(await store?.record([])).toEqual(new Set());
	expect(record.calls).toEqual([]);
});

describe('patience with others that could be asked for together', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** Milliseconds until it is over, in steps of 10. */
	const lengthOf = async (patience: Promise<void> | undefined) => {
		let isOver = false;
		void patience?.then(() => (isOver = true));
		let ms = 0;
		for (await jest.advanceTimersByTimeAsync(0); !isOver && ms < 10_000; ms += 10)
			await jest.advanceTimersByTimeAsync(10);
		return ms;
	};

	it('is as long as the last call took, after the one under way', async () => {
		const record = new SharedRecord();
		const store = record.openIn(newProcess());
		expect(await lengthOf(store?.patience())).toBe(0);
		record.tookMs = 60;
		void store?.record(['entry-1']);
		expect(await lengthOf(store?.patience())).toBe(120);
		expect(await lengthOf(store?.patience())).toBe(60);
	});

	it('is half a second at most', async () => {
		const record = new SharedRecord();
		record.tookMs = 800;
		const store = record.openIn(newProcess());
		void store?.record(['entry-1']);
		expect(await lengthOf(store?.patience())).toBe(1300);
	});
});
