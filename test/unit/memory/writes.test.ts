import { sleep } from 'n8n-workflow';

import { useVirtualTime } from '../../support/virtualTime';
import { findAlone, newProcess, noticeOthers, range, StoredRecord } from './sharedRecord';

/** What becomes of the writes of a process: when they are looked up, and what is done then. */

useVirtualTime();

const isMark = (entry: string) => entry.startsWith('mark:');

/** What calls asked for, with `mark` in place of each mark. */
const asked = (stored: StoredRecord) =>
	stored.calls.map((entries) => entries.map((entry) => (isMark(entry) ? 'mark' : entry)));

/** A store that one process has used long enough to count as alone. */
async function alone() {
	const stored = new StoredRecord();
	const process = newProcess();
	await findAlone(stored, process);
	stored.calls = [];
	return { stored, process, record: stored.openIn(process) };
}

/** A store that several processes use, as one of them knows. */
async function amongOthers() {
	const stored = new StoredRecord();
	const process = newProcess();
	await noticeOthers(stored, process);
	return { stored, process, record: stored.openIn(process) };
}

async function took(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return Math.round(performance.now() - started);
}

describe('marks', () => {
	it('go with what is recorded, not with look-ups', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess());
		await record.record(['a']);
		await record.confirm(['a']);
		expect(asked(stored)).toEqual([['a', 'mark'], ['mark']]);
		expect(stored.calls[0][1]).toBe(stored.calls[1][0]);
	});

	it('are spared where an entry may belong to several processes', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess(), { exclusive: false });
		await record.record(['a']);
		await record.confirm(['a']);
		expect(stored.calls).toEqual([['a'], ['a']]);
	});

	it('are removed together, fifty at a time', async () => {
		const { stored, record } = await amongOthers();
		const before = (stored.entries ?? []).filter(isMark).length;
		const recordMore = async (from: number, to: number) => {
			for (const entry of range(to).slice(from)) {
				await record.record([entry]);
				await record.confirm([entry]);
			}
			await sleep(3_000);
		};
		// Two marks of the write that was undone are among them.
		await recordMore(0, 47);
		expect(stored.removals).toEqual([]);
		await recordMore(47, 48);
		expect(stored.removals.map((marks) => [marks.length, marks.every(isMark)])).toEqual([[50, true]]);
		expect((stored.entries ?? []).filter(isMark).length).toBeLessThanOrEqual(before);
	});

	it('that do not exist are not removed', async () => {
		const { stored, record } = await alone();
		for (const entry of range(60)) await record.record([entry]);
		await record.confirm(range(60));
		await sleep(3_000);
		expect(stored.removals).toEqual([]);
	});
});

describe('a look-up', () => {
	it('comes as soon as it is safe, and a little later goes into a call of its own', async () => {
		const { stored, record } = await alone();
		await record.record(['a']);
		await sleep(89);
		expect(stored.calls).toEqual([['a']]);
		await sleep(2);
		expect(stored.calls).toEqual([['a'], ['a']]);
	});

	it('comes at times of its own where others write: processes at the same pace keep undoing each other', async () => {
		const { stored, record } = await amongOthers();
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		await record.record(['a']);
		// After a call of 5 ms: 45 ms and half of it until it is safe, 45 ms more for a call to go with.
		await sleep(111);
		expect(asked(stored)).toEqual([['a', 'mark']]);
		await sleep(3);
		expect(asked(stored)).toEqual([['a', 'mark'], ['mark']]);
	});

	it('is repeated after two seconds where others write: one of them may have paused in the middle of a call', async () => {
		const { stored, record } = await amongOthers();
		await record.record(['a']);
		expect(await took(async () => await record.confirm(['a']))).toBeLessThan(110);
		await sleep(1_900);
		expect(asked(stored)).toEqual([['a', 'mark'], ['mark']]);
		await sleep(200);
		expect(asked(stored)).toEqual([['a', 'mark'], ['mark'], ['mark']]);
		await sleep(5_000);
		expect(stored.calls).toHaveLength(3);
	});

	it('is repeated as well while it is not known whether others write: what one of them undid late is written again', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess());
		const other = stored.openIn(newProcess());
		await other.record(['first']);
		stored.faults = [{ slowMs: 600 }];
		const late = other.record(['late']);
		await record.record(['a']);
		await record.confirm(['a']);
		await late;
		expect(stored.kept).toEqual(['first', 'late']);
		await sleep(2_500);
		expect(stored.kept).toEqual(['first', 'late', 'a']);
	});

	it('is not repeated where a process counts as alone', async () => {
		const { stored, record } = await alone();
		await record.record(['a']);
		await record.confirm(['a']);
		await sleep(5_000);
		expect(stored.calls).toEqual([['a'], ['a']]);
	});

	it('ends after five times where every time something is missing', async () => {
		const { stored, record } = await alone();
		await record.record(['a']);
		// Somebody undoes whatever is written.
		const keepUndoing = async () => {
			for (let index = 0; index < 20_000; index += 1) {
				stored.entries = [];
				await sleep(1);
			}
		};
		await Promise.all([keepUndoing(), record.confirm(['a'])]);
		expect(stored.calls).toEqual(Array.from({ length: 6 }, () => ['a']));
	});

	it('finds out when only a part of a write is missing, and so that others write', async () => {
		const { stored, record } = await alone();
		await record.record(['a', 'b']);
		stored.entries = (stored.entries ?? []).filter((entry) => entry !== 'b');
		await record.confirm(['a', 'b']);
		expect(stored.kept).toEqual(expect.arrayContaining(['a', 'b']));
		expect(record.isAlone()).toBe(false);
	});

	it('is waited for until everything is there again', async () => {
		const { stored, record } = await alone();
		await record.record(['a']);
		stored.entries = [];
		stored.tookMs = 50;
		await Promise.all([record.confirm(['a']), sleep(60).then(() => (stored.tookMs = 5))]);
		// The one that found it missing, and the one after that.
		expect(stored.calls).toEqual([['a'], ['a'], ['a']]);
	});

	it('concerns what was recorded as new, not what was there', async () => {
		const { stored, record } = await alone();
		stored.entries?.push('there');
		await record.record(['there', 'a']);
		stored.entries = (stored.entries ?? []).filter((entry) => entry !== 'there');
		await record.confirm(['there', 'a']);
		expect(stored.calls).toEqual([['there', 'a'], ['a']]);
	});

	it.each([
		['without a mark', alone, [['a']]],
		['with one', amongOthers, [['a', 'mark']]],
	])('is spared where everything was forgotten, %s', async (_, world, calls) => {
		const { stored, record } = await world();
		await record.record(['a']);
		await record.forget(['a']);
		await sleep(5_000);
		expect(asked(stored)).toEqual(calls);
	});

	it('makes an entry count as known no longer than it goes on', async () => {
		const { stored, record } = await alone();
		await record.record(['a']);
		await record.confirm(['a']);
		// Another process gives it back.
		stored.entries = [];
		expect((await record.record(['a'])).known).toEqual(new Set());
	});
});

describe('a look-up without a clear response', () => {
	/** A write with a mark in a process that counts as alone, so that it tells when others are noticed. */
	async function marked() {
		const { stored, process } = await alone();
		const record = stored.openIn(process, { maxEntries: 1_000, workflow: 'workflow-2' });
		await record.record(range(500));
		stored.calls = [];
		return { stored, record };
	}

	it('makes the next one ask for the entries as well, under a new mark that it looks up from then on', async () => {
		const { stored, record } = await amongOthers();
		await record.record(['a']);
		stored.faults = ['refused', 'refused'];
		await record.confirm(['a']);
		await sleep(3_000);
		expect(asked(stored)).toEqual([['a', 'mark'], ['mark'], ['mark'], ['mark', 'a', 'mark'], ['mark']]);
		const [, [first], , [doubtful, , fresh], [last]] = stored.calls;
		expect([doubtful, last]).toEqual([first, fresh]);
	});

	it('tells nothing about others where everything is there', async () => {
		const { stored, record } = await marked();
		stored.faults = ['refused', 'refused'];
		await record.confirm(range(500));
		await sleep(5_000);
		expect(stored.calls.map(({ length }) => length)).toEqual([1, 1, 502]);
		expect(record.isAlone()).toBe(true);
	});

	it('has recorded the mark perhaps: where entries are missing, another process writes', async () => {
		const { stored, record } = await marked();
		stored.entries = ['before'];
		stored.faults = ['refusedAfterWriting', 'refused'];
		await record.confirm(range(500));
		expect(record.isAlone()).toBe(false);
		expect(stored.kept).toHaveLength(501);
	});

	it('does not make entries of another process out of its own, also where the next one does not respond either', async () => {
		const { stored, record } = await amongOthers();
		await record.record(['a']);
		stored.faults = ['refused', 'refused', 'refused', 'refused'];
		expect(await record.confirm(['a'])).toEqual(new Set());
		await sleep(5_000);
		expect(stored.kept).toEqual(['undone', 'a']);
	});
});

describe('entries of another process', () => {
	it('are told, and not looked up any more', async () => {
		const { stored, record } = await amongOthers();
		await record.record(['a', 'b']);
		stored.entries = ['a', 'mark:of-another-process'];
		expect(await record.confirm(['a', 'b'])).toEqual(new Set(['a']));
		stored.calls = [];
		stored.entries = ['mark:of-another-process'];
		await sleep(5_000);
		expect(stored.kept).toEqual(['b']);
		expect((await record.record(['a'])).known).toEqual(new Set());
	});
});

describe('entries that may have made room for others', () => {
	const lookedUp = async (more: number) => {
		const { stored, process } = await alone();
		const record = stored.openIn(process, { maxEntries: 20, workflow: 'workflow-2' });
		await record.record(range(15, 'first'));
		await record.record(range(more, 'more'));
		await record.confirm(range(15, 'first'));
		return stored.calls.slice(2).flat().includes('first-0');
	};

	it('are looked up as long as all of them have room', async () => {
		expect(await lookedUp(5)).toBe(true);
	});

	it('are not looked up from then on', async () => {
		expect(await lookedUp(6)).toBe(false);
	});
});

describe('a call that was given up and is carried out late', () => {
	async function givenUp(stored: StoredRecord, process: ReturnType<typeof newProcess>, entries: string[]) {
		stored.faults = [{ slowMs: 6_000 }];
		const record = stored.openIn(process);
		await expect(record.record(entries)).rejects.toThrow('no response');
		return record;
	}

	it('does not give back what was there before', async () => {
		const { stored, process } = await alone();
		stored.entries?.push('there');
		await givenUp(stored, process, ['there', 'a']);
		await sleep(2_000);
		expect(stored.removals).toEqual([['a']]);
		expect(stored.kept).toContain('there');
	});

	it('gives back nothing of other calls', async () => {
		const { stored, process, record } = await alone();
		await record.record(['other']);
		await record.confirm(['other']);
		await givenUp(stored, process, ['a']);
		await record.forget(['other']);
		await sleep(2_000);
		expect(stored.removals).toEqual([['other'], ['a']]);
	});

	it('gives back nothing where processes share entries', async () => {
		const stored = new StoredRecord();
		stored.faults = [{ slowMs: 6_000 }];
		const record = stored.openIn(newProcess(), { exclusive: false });
		await expect(record.record(['a'])).rejects.toThrow('no response');
		await sleep(2_000);
		expect(stored.removals).toEqual([]);
	});
});
