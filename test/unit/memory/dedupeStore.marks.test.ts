import { newProcess, range, SharedRecord, useOwnClock } from './sharedRecord';

useOwnClock();

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
