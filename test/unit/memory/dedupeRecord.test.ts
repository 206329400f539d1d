import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { useVirtualTime } from '../../support/virtualTime';
import { findAlone, newProcess, range, StoredRecord } from './sharedRecord';

/** One record of n8n's dedupe store, used by one or several processes. */

useVirtualTime();

it('keeps what many runs in two processes record at once, the first use included', async () => {
	const stored = new StoredRecord();
	const processes = [newProcess(), newProcess()];
	const results = await Promise.all(
		range(20).map(async (entry, index) => {
			const record = stored.openIn(processes[index % 2]);
			const { known } = await record.record([entry]);
			await record.confirm([entry]);
			return known;
		}),
	);
	expect(results).toEqual(range(20).map(() => new Set()));
	expect([...stored.kept].sort()).toEqual(range(20).sort());
});

it('gives an entry that two processes record at the same moment to one of them', async () => {
	const stored = new StoredRecord();
	const records = [newProcess(), newProcess()].map((process) => stored.openIn(process));
	await records[0].record(['before']);
	await records[0].confirm(['before']);
	const told = await Promise.all(records.map(async (record) => await record.record(['same'])));
	// n8n tells both that it is new.
	expect(told.map(({ known }) => known.size)).toEqual([0, 0]);
	const lost = await Promise.all(records.map(async (record) => await record.confirm(['same'])));
	expect(lost.map(({ size }) => size).sort()).toEqual([0, 1]);
	expect(stored.kept).toEqual(['before', 'same']);
});

it('writes again what another process undid, and keeps it', async () => {
	const stored = new StoredRecord();
	const [mine, other] = [stored.openIn(newProcess()), stored.openIn(newProcess())];
	await other.record(['before']);
	await Promise.all([mine.record(['a']), other.record(['after'])]);
	expect(await mine.confirm(['a'])).toEqual(new Set());
	expect([...stored.kept].sort()).toEqual(['a', 'after', 'before']);
});

it('keeps for itself what another process undid, and a second run of this one wrote again', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	const other = stored.openIn(newProcess());
	await other.record(['before']);
	await Promise.all([stored.openIn(process).record(['a']), other.record(['after'])]);
	const [first, second] = [stored.openIn(process), stored.openIn(process)];
	expect((await second.record(['a', 'b'])).known).toEqual(new Set(['a']));
	expect(await first.confirm(['a'])).toEqual(new Set());
	expect([...stored.kept].sort()).toEqual(['a', 'after', 'b', 'before']);
});

it('forgets what a call that was given up records late, also where others used it and gave it back', async () => {
	const stored = new StoredRecord();
	const record = stored.openIn(newProcess());
	stored.faults = [{ slowMs: 5_500 }];
	await expect(record.record(['a'])).rejects.toThrow('no response');
	await record.record(['a']);
	await record.confirm(['a']);
	await record.forget(['a']);
	await sleep(1_500);
	expect(stored.kept).toEqual([]);
}, 15_000);

it('tells one of two runs in a process that the other one was first', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	const told = await Promise.all(
		range(2).map(async () => (await stored.openIn(process).record(['same', 'other'])).known),
	);
	expect(told).toEqual([new Set(), new Set(['same', 'other'])]);
});

it('records in one call what runs ask for while another call is under way', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	await findAlone(stored, process);
	stored.calls = [];
	const first = stored.openIn(process).record(['first']);
	await sleep(1);
	await Promise.all([first, ...range(5).map(async (entry) => await stored.openIn(process).record([entry]))]);
	expect(stored.calls).toEqual([['first'], range(5)]);
});

it('does not record again what was forgotten before it was looked up', async () => {
	const stored = new StoredRecord();
	const record = stored.openIn(newProcess());
	await record.record(['a', 'b']);
	await record.forget(['a']);
	await record.confirm(['a', 'b']);
	await sleep(200);
	expect(stored.kept).toEqual(['b']);
});

it('does not record again what it only found there', async () => {
	const stored = new StoredRecord();
	const [mine, other] = [stored.openIn(newProcess()), stored.openIn(newProcess())];
	await other.record(['a']);
	await other.confirm(['a']);
	expect((await mine.record(['a', 'b'])).known).toEqual(new Set(['a']));
	await other.forget(['a']);
	await mine.confirm(['a', 'b']);
	await sleep(200);
	expect(stored.kept).toEqual(['b']);
});

it('needs no marks, and a look-up each, in a process that was found alone', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	await findAlone(stored, process);
	const record = stored.openIn(process);
	expect(record.isAlone()).toBe(true);
	stored.calls = [];
	await record.record(['a']);
	await record.confirm(['a']);
	expect(stored.calls).toEqual([['a'], ['a']]);
});

it('looks up one mark for a large write', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	await findAlone(stored, process);
	const record = stored.openIn(process, { maxEntries: 100_000, workflow: 'workflow-2' });
	stored.calls = [];
	await record.record(range(500));
	await record.confirm(range(500));
	expect(stored.calls.map(({ length }) => length)).toEqual([501, 1]);
});

it('removes marks that are not needed any more', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	const record = stored.openIn(process, { maxEntries: 1_000 });
	await Promise.all(
		range(60).map(async (entry) => {
			await record.record([entry]);
			await record.record([`${entry}-again`]);
		}),
	);
	for (const entry of range(60, 'later')) {
		await stored.openIn(process).record([entry]);
		await record.confirm([entry]);
	}
	await sleep(50);
	expect((stored.entries ?? []).filter((entry) => entry.startsWith('mark:')).length).toBeLessThan(50);
}, 60_000);

describe('a store that does not do its part', () => {
	it('is asked a second time where it refuses; what is there then may come from the first time', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess());
		stored.faults = ['refused'];
		expect(await record.record(['a'])).toEqual({ known: new Set(), repeated: true });
		stored.faults = ['refusedAfterWriting'];
		expect(await record.record(['b'])).toEqual({ known: new Set(['b']), repeated: true });
		stored.faults = ['refused', 'refused'];
		await expect(record.record(['c'])).rejects.toThrow('database is locked');
	});

	it('is given up after four seconds when a call hangs, and the next call works', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		stored.faults = ['hangs'];
		const started = performance.now();
		const hung = stored.openIn(process).record(['a']);
		await sleep(1);
		const next = stored.openIn(process).record(['b']);
		await expect(hung).rejects.toThrow('no response within 4 seconds');
		expect(performance.now() - started).toBeGreaterThan(3_900);
		expect(await next).toMatchObject({ known: new Set() });
	}, 20_000);

	it('forgets what a call records that was given up, unless somebody recorded it since', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		await findAlone(stored, process);
		stored.faults = [{ slowMs: 5_500 }];
		const slow = stored.openIn(process).record(['a', 'b']);
		await expect(slow).rejects.toThrow('no response');
		const record = stored.openIn(process);
		expect((await record.record(['b'])).known).toEqual(new Set());
		await sleep(2_500);
		expect(stored.kept).not.toContain('a');
		expect(stored.kept).toContain('b');
	}, 20_000);

	it.each([
		['the call that writes again hangs', [undefined, 'hangs']],
		['the look-up is refused, and has recorded its mark all the same', ['refusedAfterWriting']],
	] as const)(
		'keeps what another process undid, also where %s',
		async (_, faults) => {
			const stored = new StoredRecord();
			const record = stored.openIn(newProcess());
			await record.record(['a']);
			stored.entries = ['before'];
			stored.faults = [...faults];
			expect(await record.confirm(['a'])).toEqual(new Set());
			await sleep(1_500);
			expect([...stored.kept].sort()).toEqual(['a', 'before']);
		},
		20_000,
	);

	it('keeps what is there, and its own, also where a look-up was refused', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess());
		await record.record(['a']);
		stored.faults = ['refusedAfterWriting'];
		expect(await record.confirm(['a'])).toEqual(new Set());
		expect(stored.kept).toEqual(['a']);
	});

	it('does not hold a run up that waits for look-ups longer than eight seconds', async () => {
		const stored = new StoredRecord();
		const record = stored.openIn(newProcess());
		await record.record(['a']);
		stored.faults = new Array<'hangs'>(9).fill('hangs');
		const started = performance.now();
		expect(await record.confirm(['a'])).toEqual(new Set());
		expect(performance.now() - started).toBeLessThan(9_500);
	}, 20_000);
});

it('keeps a record for each node, and one of the workflow that its nodes share', async () => {
	const process = newProcess();
	const separate = [
		{ scope: 'node', node: 'node-1' },
		{ scope: 'node', node: 'node-2' },
		{ scope: 'workflow', node: 'node-1' },
	] as const;
	const apart = await Promise.all(
		separate.map(async (one) => await new StoredRecord().openIn(process, one).record(['a'])),
	);
	expect(apart.map(({ known }) => known.size)).toEqual([0, 0, 0]);
	const stored = new StoredRecord();
	const together = await Promise.all(
		['node-1', 'node-2'].map(
			async (node) => await stored.openIn(process, { scope: 'workflow', node, workflow: 'workflow-2' }).record(['a']),
		),
	);
	expect(together.map(({ known }) => known.size)).toEqual([0, 1]);
});

it('keeps as many entries as it is to, and marks besides, whatever n8n is asked for', async () => {
	const context = new StoredRecord().contextIn();
	const ask = jest.spyOn(context.helpers, 'checkProcessedAndRecord');
	const remove = jest.spyOn(context.helpers, 'removeProcessed');
	const settings = { scope: 'node', maxEntries: 100, exclusive: true } as const;
	const record = newProcess().openDedupeRecord(context, settings);
	await record?.record(['a']);
	await record?.forget(['a']);
	const options = { mode: 'entries', maxEntries: 1_100 };
	expect(ask).toHaveBeenCalledWith(expect.anything(), 'node', options);
	expect(remove.mock.calls).toEqual([[['a'], 'node', options]]);
});

it('is not there in versions of n8n without a store', () => {
	const context = { ...new StoredRecord().contextIn(), helpers: {} } as unknown as IExecuteFunctions;
	const settings = { scope: 'node', maxEntries: 100, exclusive: true } as const;
	expect(newProcess().openDedupeRecord(context, settings)).toBeUndefined();
});

it('asks n8n for nothing where there is nothing to ask', async () => {
	const stored = new StoredRecord();
	const record = stored.openIn(newProcess());
	expect(await record.record([])).toStrictEqual({ known: new Set(), repeated: false });
	await record.forget([]);
	await record.confirm(['never recorded']);
	await record.record(['a']);
	await record.confirm(['a']);
	await sleep(5_000);
	expect(stored.calls).not.toContainEqual([]);
	expect(stored.removals).toEqual([]);
});

it('puts an entry that waits already into a later call, also beside others', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	const told = await Promise.all(
		[['a'], ['b', 'a']].map(async (entries) => (await stored.openIn(process).record(entries)).known),
	);
	expect(told).toEqual([new Set(), new Set(['a'])]);
});

describe('who can wait for others', () => {
	const waited = async (stored: StoredRecord, tookMs: number) => {
		const record = stored.openIn(newProcess());
		stored.tookMs = tookMs;
		const underWay = record.record(['a']);
		const started = performance.now();
		await record.waitForOthers();
		await underWay;
		return Math.round(performance.now() - started);
	};

	it('waits for calls under way and as long as the last one took', async () => {
		expect(Math.abs((await waited(new StoredRecord(), 20)) - 40)).toBeLessThan(5);
	});

	it('waits no longer than half a second after them', async () => {
		expect(Math.abs((await waited(new StoredRecord(), 2_000)) - 2_500)).toBeLessThan(5);
	});
});

describe('a run that waits for look-ups', () => {
	async function took(work: () => Promise<unknown>): Promise<number> {
		const started = performance.now();
		await work();
		return Math.round(performance.now() - started);
	}

	it('has a look-up made as soon as it is safe, instead of letting it wait for another call', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		await findAlone(stored, process);
		const record = stored.openIn(process);
		await record.record(['a']);
		// After a call of 5 ms: 45 ms until it is safe, and 5 ms for the look-up.
		expect(await took(async () => await record.confirm(['a']))).toBeLessThan(55);
	});

	it('has a look-up made at once that waits for another call already', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		await findAlone(stored, process);
		const record = stored.openIn(process);
		await record.record(['a']);
		await sleep(60);
		expect(await took(async () => await record.confirm(['a']))).toBeLessThan(10);
	});

	it('makes later runs wait for nothing: their look-ups go with other calls again', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		await findAlone(stored, process);
		const record = stored.openIn(process);
		stored.calls = [];
		await record.record(['a']);
		await sleep(85);
		await record.record(['b']);
		expect(stored.calls).toEqual([['a'], ['b', 'a']]);
	});

	it('waits again for what another run wrote again meanwhile', async () => {
		const stored = new StoredRecord();
		const process = newProcess();
		const record = stored.openIn(process);
		await record.record(['a']);
		stored.entries = [];
		const confirmed = record.confirm(['a']);
		await record.record(['a']);
		stored.entries = [];
		await confirmed;
		expect(stored.kept).toEqual(['a']);
	});
});

it('lets a look-up that went with a call make none of its own, so that later look-ups wait for their turn', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	await findAlone(stored, process);
	const record = stored.openIn(process);
	stored.calls = [];
	await record.record(['a']);
	await sleep(20);
	await record.record(['b']);
	await sleep(30);
	// The look-up of a waits now, and goes with c; the one of b waits when a would have made a call.
	await record.record(['c']);
	await sleep(40);
	await record.record(['d']);
	expect(stored.calls).toEqual([['a'], ['b'], ['c', 'a'], ['d', 'b']]);
});

it('does not take entries that made room for others for entries that another process undid', async () => {
	const stored = new StoredRecord();
	const process = newProcess();
	const record = stored.openIn(process, { maxEntries: 20, exclusive: false });
	await Promise.all([record.record(range(15, 'first')), sleep(1).then(async () => await record.record(range(2_000)))]);
	await record.confirm([...range(15, 'first'), ...range(2_000)]);
	expect(stored.calls.slice(2).flat()).not.toContain('first-0');
});
