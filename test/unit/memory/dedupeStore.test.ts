import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { openOnceKeys } from '../../../nodes/JSms/memory/onceKeys';

type Module = typeof import('../../../nodes/JSms/memory/dedupeStore');

/** Modules keep their state to themselves, so each of these stands for a process of its own. */
function newProcess(): Module {
	let loaded: Module | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Module>('../../../nodes/JSms/memory/dedupeStore');
	});
	return loaded as Module;
}

/** A database record as n8n treats it: read and written as a whole, created by an insert that fails when it is there. */
class SharedRecord {
	entries: string[] | undefined;

	refusedInserts = 0;

	/** Milliseconds that a call takes. */
	tookMs = 5;

	/** What it was asked to record, call by call, with the limit of entries to keep. */
	calls: Array<{ asked: string[]; maxEntries: number }> = [];

	helpers = {
		checkProcessedAndRecord: async (asked: string[], _scope: string, { maxEntries }: { maxEntries: number }) => {
			this.calls.push({ asked, maxEntries });
			const read = this.entries;
			await sleep(this.tookMs);
			if (!read && this.entries) {
				this.refusedInserts += 1;
				throw new Error('duplicate key value violates unique constraint');
			}
			const known = new Set(read);
			this.entries = [...(read ?? []), ...asked.filter((entry) => !known.has(entry))];
			return { new: asked.filter((entry) => !known.has(entry)), processed: asked.filter((entry) => known.has(entry)) };
		},
		removeProcessed: async (asked: string[]) => {
			const read = this.entries ?? [];
			await sleep(5);
			this.entries = read.filter((entry) => !asked.includes(entry));
		},
	};

	/** The store as one execution in a process sees it. */
	openIn(process: Module, { node = 'node-1', maxEntries = 100 } = {}) {
		const context = {
			getWorkflow: () => ({ id: 'workflow-1' }),
			getNode: () => ({ id: node }),
			helpers: this.helpers,
		} as unknown as IExecuteFunctions;
		return process.openDedupeStore(context, maxEntries);
	}
}

const range = (count: number) => Array.from({ length: count }, (_, index) => `entry-${index}`);

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

describe('on a clock of its own', () => {
	beforeEach(() => {
		jest.useFakeTimers();
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
	});
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});

	/** Executions of a process that record one after the other, 10 ms apart. */
	async function stream(record: SharedRecord, process: Module, names: string[]): Promise<void> {
		for (const name of names) {
			void record.openIn(process)?.record([name]);
			await jest.advanceTimersByTimeAsync(10);
		}
	}

	/** Claims a key; tells whether that has ended, so that its SMS may leave. */
	function claiming(store: ReturnType<SharedRecord['openIn']>): () => boolean {
		let isClaimed = false;
		void openOnceKeys(store)
			.claim(['order-1'])
			.then(() => (isClaimed = true));
		return () => isClaimed;
	}

	it('needs no look-ups of their own while there is always something to record', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		await stream(record, process, range(20));
		const calls = record.calls.map(({ asked }) => asked);
		expect(calls.map(([first]) => first)).toEqual(range(20));
		// Not before a call of another process has had the time to end.
		expect(calls.slice(0, 5).flat()).toEqual(range(5));
		expect(calls.flat().filter((entry) => entry === 'entry-0')).toHaveLength(2);
		await jest.advanceTimersByTimeAsync(400);
		expect(record.calls.flatMap(({ asked }) => asked).sort()).toEqual([...range(20), ...range(20)].sort());
	});

	it('records again on the way what was undone, whoever recorded it', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		await stream(record, process, ['a']);
		record.entries = [];
		await stream(record, process, ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k']);
		expect(record.entries).toContain('a');
		expect(record.openIn(process)?.isContested()).toBe(true);
		await jest.advanceTimersByTimeAsync(400);
	});

	it('counts look-ups whose times overlap once, when it finds out whether it is alone', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		// Twenty look-ups at least, in the time of four.
		await stream(record, process, range(40));
		await jest.advanceTimersByTimeAsync(400);
		const calls = record.calls.length;
		const isClaimed = claiming(record.openIn(process));
		await jest.advanceTimersByTimeAsync(20);
		expect(isClaimed()).toBe(false);
		await jest.advanceTimersByTimeAsync(180);
		expect([isClaimed(), record.calls.length]).toEqual([true, calls + 2]);
	});

	it('counts look-ups that come one behind the other, each for what the one before has recorded', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		for (const name of range(12)) {
			void record.openIn(process)?.record([name]);
			await jest.advanceTimersByTimeAsync(80);
		}
		expect(record.calls.map(({ asked }) => asked.length)).toEqual([1, ...new Array<number>(11).fill(2)]);
		const isClaimed = claiming(record.openIn(process));
		await jest.advanceTimersByTimeAsync(10);
		expect(isClaimed()).toBe(true);
		await jest.advanceTimersByTimeAsync(400);
	});

	it('watches nothing any more when everything was looked up', async () => {
		const record = new SharedRecord();
		void record.openIn(newProcess())?.record(['a']);
		await jest.advanceTimersByTimeAsync(1000);
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each([
		['as soon as that may be done', 20],
		// In the background 'a' would be looked up at 118 ms, and the run waits until 134 ms.
		['although the background would have come first', 60],
	])('looks up for a run that waits once for all that it recorded, %s', async (_, apart) => {
		const record = new SharedRecord();
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(apart);
		void store?.record(['b']);
		await jest.advanceTimersByTimeAsync(10);
		const settled = store?.settle();
		await jest.advanceTimersByTimeAsync(200);
		await settled;
		expect(record.calls.map(({ asked }) => asked)).toEqual([['a'], ['b'], ['a', 'b']]);
		// Nobody waits any more.
		void store?.record(['c']);
		await jest.advanceTimersByTimeAsync(1000);
		expect(record.calls.slice(3).map(({ asked }) => asked)).toEqual([['c'], ['c']]);
	});

	describe('a call with many entries', () => {
		const many = range(500);

		/** A record with an entry of an earlier run, and what a run recorded after it in one call. */
		async function recorded(entries = many) {
			const record = new SharedRecord();
			const store = record.openIn(newProcess());
			void store?.record(['earlier']);
			await jest.advanceTimersByTimeAsync(1000);
			record.calls = [];
			const known = store?.record(entries);
			await jest.advanceTimersByTimeAsync(10);
			expect(await known).toEqual(new Set());
			return { record, store };
		}

		/** What is in the record, apart from the marks. */
		const kept = ({ entries }: SharedRecord) => entries?.filter((entry) => !entry.startsWith('mark:')).sort();

		it('is looked up by its mark alone, which nobody else can have recorded', async () => {
			const { record } = await recorded();
			const { record: another } = await recorded();
			await jest.advanceTimersByTimeAsync(5000);
			const [{ asked }, ...lookUps] = record.calls;
			expect(asked.slice(0, -1)).toEqual(many);
			const mark = asked[500];
			expect(lookUps.map((call) => call.asked)).toEqual([[mark]]);
			expect(another.entries).not.toContain(mark);
			expect(jest.getTimerCount()).toBe(0);
		});

		it('has no mark with an entry less', async () => {
			const { record } = await recorded(range(499));
			await jest.advanceTimersByTimeAsync(5000);
			expect(record.calls.map(({ asked }) => asked)).toEqual([range(499), range(499)]);
		});

		it('is recorded again where it was undone, whoever recorded some of the same', async () => {
			const { record } = await recorded();
			record.entries = ['earlier', ...many.slice(0, 450)];
			await jest.advanceTimersByTimeAsync(150);
			expect(kept(record)).toEqual([...many, 'earlier'].sort());
			// The mark is missing, so one by one, and at once.
			expect(record.calls.map(({ asked }) => asked.length)).toEqual([501, 1, 500]);
			await jest.advanceTimersByTimeAsync(5000);
			// And looked up again, the second time in the background.
			expect(record.calls.map(({ asked }) => asked.length)).toEqual([501, 1, 500, 500, 500]);
			expect(jest.getTimerCount()).toBe(0);
		});

		it('is recorded again at once where another call finds that it was undone', async () => {
			const { record, store } = await recorded();
			record.entries = ['earlier'];
			await jest.advanceTimersByTimeAsync(70);
			void store?.record(['later']);
			await jest.advanceTimersByTimeAsync(10);
			expect(kept(record)).toEqual([...many, 'earlier', 'later'].sort());
			expect(record.calls.map(({ asked }) => asked.length)).toEqual([501, 2, 500]);
			await jest.advanceTimersByTimeAsync(5000);
		});

		it('is recorded again before a run ends that waits', async () => {
			const { record, store } = await recorded();
			record.entries = ['earlier'];
			let isSettled = false;
			void store?.settle().then(() => (isSettled = true));
			while (!isSettled) await jest.advanceTimersByTimeAsync(1);
			expect(record.calls.map(({ asked }) => asked.length)).toEqual([501, 1, 500, 500]);
			expect(kept(record)).toEqual([...many, 'earlier'].sort());
			expect(store?.isContested()).toBe(true);
			await jest.advanceTimersByTimeAsync(5000);
		});

		it('is recorded again although the database was away between the look-ups', async () => {
			const { record } = await recorded();
			record.entries = ['earlier'];
			const { checkProcessedAndRecord } = record.helpers;
			let failures = 2;
			record.helpers.checkProcessedAndRecord = async (asked, ...rest) => {
				// Every call is tried twice.
				if (asked.length === 500 && failures-- > 0) throw new Error('the database system is starting up');
				return await checkProcessedAndRecord(asked, ...rest);
			};
			await jest.advanceTimersByTimeAsync(1000);
			expect(failures).toBeLessThan(1);
			expect(kept(record)).toEqual([...many, 'earlier'].sort());
			await jest.advanceTimersByTimeAsync(5000);
		});

		it('is looked up by its mark again where the store did not answer', async () => {
			const { record } = await recorded();
			const { checkProcessedAndRecord } = record.helpers;
			record.helpers.checkProcessedAndRecord = async () => await Promise.reject(new Error('no connection'));
			await jest.advanceTimersByTimeAsync(150);
			record.helpers.checkProcessedAndRecord = checkProcessedAndRecord;
			await jest.advanceTimersByTimeAsync(1000);
			expect(record.calls.map(({ asked }) => asked.length)).toEqual([501, 1]);
		});

		it('keeps to what was forgotten meanwhile', async () => {
			const { record, store } = await recorded();
			void store?.forget(many.slice(0, 400));
			await jest.advanceTimersByTimeAsync(10);
			record.entries = ['earlier'];
			await jest.advanceTimersByTimeAsync(5000);
			expect(kept(record)).toEqual([...many.slice(400), 'earlier'].sort());
		});

		it('is not looked up when all of it was forgotten', async () => {
			const { record, store } = await recorded();
			void store?.forget(many);
			await jest.advanceTimersByTimeAsync(5000);
			expect(record.calls).toHaveLength(1);
			expect(kept(record)).toEqual(['earlier']);
		});

		it('undone late by a process that stood still is recorded again, too', async () => {
			const { record, store } = await recorded();
			record.entries = ['earlier'];
			await jest.advanceTimersByTimeAsync(5000);
			void store?.record(range(1_200).slice(600));
			await jest.advanceTimersByTimeAsync(500);
			record.entries = ['theirs'];
			await jest.advanceTimersByTimeAsync(5000);
			expect(kept(record)).toEqual([...range(1_200).slice(600), 'theirs'].sort());
		});
	});

	it('knows that another process writes the record when what it undid is recorded again here', async () => {
		const record = new SharedRecord();
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(75);
		record.entries = [];
		const known = store?.record(['a']);
		await jest.advanceTimersByTimeAsync(10);
		expect(await known).toEqual(new Set(['a']));
		expect([record.calls.at(-1)?.asked, store?.isContested()]).toEqual([['a'], true]);
		await jest.advanceTimersByTimeAsync(5000);
	});

	it.each([
		// A call of another process that read before ours wrote has had the time to end, and half as long again by chance.
		['as soon as it may be', 5, 68],
		['the later the slower the database is', 100, 495],
	])('looks up on the way %s', async (_, tookMs, dueMs) => {
		const record = new SharedRecord();
		record.tookMs = tookMs;
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(dueMs - 1);
		void store?.record(['early']);
		await jest.advanceTimersByTimeAsync(tookMs);
		expect(record.calls.map(({ asked }) => asked)).toEqual([['a'], ['early']]);
		await jest.advanceTimersByTimeAsync(1);
		void store?.record(['in time']);
		await jest.advanceTimersByTimeAsync(tookMs);
		expect(record.calls[2].asked).toEqual(['in time', 'a']);
		await jest.advanceTimersByTimeAsync(5000);
	});

	it('looks up in the background what was recorded after everything had been looked up once', async () => {
		const record = new SharedRecord();
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(1000);
		void store?.record(['b']);
		await jest.advanceTimersByTimeAsync(10);
		record.entries = ['a'];
		await jest.advanceTimersByTimeAsync(1000);
		expect(record.entries).toEqual(['a', 'b']);
	});

	it('looks ten times for an entry that the store does not keep, and no more', async () => {
		const record = new SharedRecord();
		const { checkProcessedAndRecord } = record.helpers;
		record.helpers.checkProcessedAndRecord = async (...call) => {
			record.entries = [];
			return await checkProcessedAndRecord(...call);
		};
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(10_000);
		expect(record.calls.map(({ asked }) => asked)).toEqual(new Array(11).fill(['a']));
		expect(store?.isContested()).toBe(true);
	});

	describe('a process that stands still between reading and writing, and undoes what was looked up already', () => {
		/** A record that two processes write, with an entry of ours that was looked up. */
		async function looked({ isContested = true } = {}) {
			const record = new SharedRecord();
			const store = record.openIn(newProcess());
			void store?.record(['earlier']);
			await jest.advanceTimersByTimeAsync(5);
			if (isContested) record.entries = [];
			await jest.advanceTimersByTimeAsync(5_000);
			expect(store?.isContested()).toBe(isContested);
			record.calls = [];
			void store?.record(['a']);
			await jest.advanceTimersByTimeAsync(10);
			const settled = store?.settle();
			await jest.advanceTimersByTimeAsync(80);
			await settled;
			expect(record.calls.map(({ asked }) => asked)).toEqual([['a'], ['a']]);
			return { record, store };
		}

		it('has its entry recorded again, two seconds later', async () => {
			const { record } = await looked();
			record.entries = ['theirs'];
			await jest.advanceTimersByTimeAsync(1_900);
			expect(record.calls).toHaveLength(2);
			await jest.advanceTimersByTimeAsync(300);
			expect(record.entries).toEqual(['theirs', 'a']);
			// Which is looked up twice in its turn, and then no more.
			await jest.advanceTimersByTimeAsync(20_000);
			expect(record.calls.map(({ asked }) => asked)).toEqual(new Array(5).fill(['a']));
		});

		it('costs one look-up more where nothing was undone', async () => {
			const { record, store } = await looked();
			const settled = store?.settle();
			await jest.advanceTimersByTimeAsync(0);
			await settled;
			expect(record.calls).toHaveLength(2);
			await jest.advanceTimersByTimeAsync(20_000);
			expect(record.calls.map(({ asked }) => asked)).toEqual(new Array(3).fill(['a']));
		});

		it('costs nothing where no other process was seen', async () => {
			const { record } = await looked({ isContested: false });
			await jest.advanceTimersByTimeAsync(20_000);
			expect(record.calls).toHaveLength(2);
		});

		it('does not bring back what was forgotten meanwhile, and does not keep later entries waiting', async () => {
			const { record, store } = await looked();
			void store?.forget(['a']);
			await jest.advanceTimersByTimeAsync(10);
			record.calls = [];
			void store?.record(['b']);
			await jest.advanceTimersByTimeAsync(200);
			expect(record.calls.map(({ asked }) => asked)).toEqual([['b'], ['b']]);
			await jest.advanceTimersByTimeAsync(20_000);
			expect(record.entries).toEqual(['earlier', 'b']);
		});

		it('lets a later entry be looked up in its own time', async () => {
			const { record, store } = await looked();
			await jest.advanceTimersByTimeAsync(500);
			void store?.record(['b']);
			await jest.advanceTimersByTimeAsync(250);
			expect(record.calls.slice(2).map(({ asked }) => asked)).toEqual([['b'], ['b']]);
			await jest.advanceTimersByTimeAsync(20_000);
		});
	});

	it('says what the database says, also of a call that takes look-ups along', async () => {
		const record = new SharedRecord();
		const store = record.openIn(newProcess());
		void store?.record(['a']);
		await jest.advanceTimersByTimeAsync(5 + 68);
		const { checkProcessedAndRecord } = record.helpers;
		record.helpers.checkProcessedAndRecord = async () => await Promise.reject(new Error('no connection'));
		await expect(store?.record(['b'])).rejects.toThrow('no connection');
		record.helpers.checkProcessedAndRecord = checkProcessedAndRecord;
		record.entries = [];
		await jest.advanceTimersByTimeAsync(1000);
		expect(record.entries).toEqual(['a']);
	});

	/** Whether claiming a key waits for a look-up of its own. */
	async function waitsFor(record: SharedRecord, process: Module, key: string): Promise<boolean> {
		const calls = record.calls.length;
		const claim = openOnceKeys(record.openIn(process)).claim([key]);
		await jest.advanceTimersByTimeAsync(1000);
		await claim;
		return record.calls.slice(calls).filter(({ asked }) => asked.includes(`once:${key}`)).length > 1;
	}

	it('waits for every key again once another process was seen, however long it was alone before', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		for (const key of range(12)) await waitsFor(record, process, key);
		const store = record.openIn(process);
		const settled = async (key: string) => {
			const calls = record.calls.length;
			const claim = openOnceKeys(store).claim([key]);
			await jest.advanceTimersByTimeAsync(10);
			await claim;
			return record.calls.length - calls;
		};
		// Alone, the run may send at once.
		expect(await settled('alone')).toBe(1);
		record.entries = [];
		await jest.advanceTimersByTimeAsync(1000);
		expect(store?.isContested()).toBe(true);
		for (const key of range(12)) expect(await waitsFor(record, process, `later-${key}`)).toBe(true);
		const calls = record.calls.length;
		const isClaimed = claiming(store);
		await jest.advanceTimersByTimeAsync(10);
		expect([isClaimed(), record.calls.length - calls]).toEqual([false, 1]);
		await jest.advanceTimersByTimeAsync(1000);
		expect(isClaimed()).toBe(true);
	});

	it('takes later executions along in the call that waits, also when an earlier one has begun', async () => {
		const record = new SharedRecord();
		const process = newProcess();
		const ask = async (entry: string) => await record.openIn(process)?.record([entry]);
		const first = ask('first');
		await jest.advanceTimersByTimeAsync(1);
		const [second, third] = [ask('a'), ask('a')];
		await jest.advanceTimersByTimeAsync(5);
		// The second call is under way now, and the third waits for it.
		const fourth = ask('b');
		await jest.advanceTimersByTimeAsync(10);
		expect(record.calls.map(({ asked }) => asked)).toEqual([['first'], ['a'], ['a', 'b']]);
		expect(await Promise.all([first, second, third, fourth])).toEqual([
			new Set(),
			new Set(),
			new Set(['a']),
			new Set(),
		]);
		await jest.advanceTimersByTimeAsync(400);
	});
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
