import { openOnceKeys } from '../../../nodes/JSms/memory/onceKeys';
import { newProcess, range, SharedRecord, useOwnClock, type Module } from './sharedRecord';

/** When what was recorded is looked up again, to the millisecond. */
useOwnClock();

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
