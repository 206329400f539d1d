import type { IExecuteFunctions } from 'n8n-workflow';

import { openCrashNotes } from '../../../nodes/JSms/memory/crashNotes';
import type { DedupeStore } from '../../../nodes/JSms/memory/dedupeStore';

/** A store with what it holds and what it was asked to keep. */
function storeOf(entries = new Set<string>()) {
	const reserved: number[] = [];
	const store: DedupeStore = {
		record: async (asked) => {
			const known = new Set(asked.filter((entry) => entries.has(entry)));
			for (const entry of asked) entries.add(entry);
			return known;
		},
		forget: async (asked) => {
			for (const entry of asked) entries.delete(entry);
		},
		reserve: (count) => reserved.push(count),
		patience: async () => {},
		secure: async () => {},
		settle: async () => {},
		isContested: () => false,
	};
	return { store, entries, reserved };
}

/** One try of an execution: its context is new, unless "Retry On Fail" made it. */
function contextOf({ executionId = '7', runIndex = 0, memory = {} as Record<string, unknown> } = {}) {
	return {
		getExecutionId: () => executionId,
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getContext: () => memory,
	} as unknown as IExecuteFunctions;
}

const content = (text: string) => () => [text];

it('finds out what became of an earlier try of the same execution', async () => {
	const { store } = storeOf();
	const openRun = async (what: string, run = {}) =>
		await openCrashNotes(contextOf(run), store).openRun(content(what), 1);
	expect(await openRun('a')).toBe('none');
	expect(await openRun('a')).toBe('same');
	expect(await openRun('b')).toBe('changed');
	// The second try sent nothing, so a third one has nothing to go by but the first.
	expect(await openRun('b')).toBe('changed');
	expect(await openRun('a')).toBe('same');
	expect(await openRun('a', { executionId: '8' })).toBe('none');
	expect(await openRun('a', { runIndex: 1 })).toBe('none');
});

it('takes the note of a run back that sent nothing, so that the next try counts as the first', async () => {
	const { store, entries } = storeOf();
	const memory = {};
	for (let times = 0; times < 2; times += 1) {
		const notes = openCrashNotes(contextOf({ memory }), store);
		expect(await notes.openRun(content('a'), 1)).toBe('none');
		expect(entries.size).toBe(2);
		await notes.closeRun();
		expect(entries.size).toBe(0);
	}
});

it('keeps the note of an earlier try by "Retry On Fail", which may have sent something', async () => {
	const { store, entries } = storeOf();
	const memory = {};
	await openCrashNotes(contextOf({ memory }), store).openRun(content('a'), 1);
	const second = openCrashNotes(contextOf({ memory }), store);
	await second.openRun(content('a'), 1);
	await second.closeRun();
	expect(entries.size).toBe(2);
	expect(await openCrashNotes(contextOf(), store).openRun(content('a'), 1)).toBe('same');
});

it('needs no store to take a note back', async () => {
	await expect(openCrashNotes(contextOf(), undefined).closeRun()).resolves.toBeUndefined();
});

it('does not take a first try by "Retry On Fail" for a crashed one', async () => {
	const { store } = storeOf();
	const memory = {};
	const openTry = async () => await openCrashNotes(contextOf({ memory }), store).openRun(content('a'), 1);
	expect([await openTry(), await openTry()]).toEqual(['none', 'none']);
	// The next round of a loop is another run of the node in the same execution.
	expect(await openCrashNotes(contextOf({ memory, runIndex: 1 }), store).openRun(content('a'), 1)).toBe('none');
});

it('has the store keep room for twice as many notes as there are requests, because they may be split', async () => {
	const { store, reserved } = storeOf();
	await openCrashNotes(contextOf(), store).openRun(content('a'), 1500);
	expect(reserved).toEqual([3000]);
});

it('recognises a request that was started, until the note is taken back', async () => {
	const { store } = storeOf();
	const notes = openCrashNotes(contextOf(), store);
	expect([await notes.start('a'), await notes.start('a')]).toEqual([true, false]);
	await notes.cancel('a');
	expect(await notes.start('a')).toBe(true);
});

it('steps aside where there is no store, no execution id, or no answer', async () => {
	const broken: DedupeStore = {
		...storeOf().store,
		record: async () => await Promise.reject(new Error('locked')),
		forget: async () => await Promise.reject(new Error('locked')),
	};
	for (const notes of [
		openCrashNotes(contextOf(), undefined),
		openCrashNotes(contextOf({ executionId: '' }), storeOf().store),
		openCrashNotes(contextOf(), broken),
	]) {
		expect(await notes.openRun(content('a'), 1)).toBe('none');
		expect([await notes.start('a'), await notes.start('a')]).toEqual([true, true]);
		await notes.cancel('a');
	}
});

it('names its notes by execution, run of the node and content, and forgets exactly its own when the run ends', async () => {
	const { store, entries } = storeOf(new Set(['start:7/1/run']));
	const forgotten: string[][] = [];
	const watched: DedupeStore = {
		...store,
		forget: async (asked) => {
			forgotten.push(asked);
			await store.forget(asked);
		},
	};
	const asked: string[] = [];
	const getContext = (type: string) => {
		asked.push(type);
		return {};
	};
	const notes = openCrashNotes({ ...contextOf(), getContext } as unknown as IExecuteFunctions, watched);
	await notes.closeRun();
	expect(forgotten).toEqual([]);
	await notes.openRun(content('a'), 1);
	const own = [...entries].slice(1);
	expect(own).toEqual(['start:7/0/run', expect.stringMatching(/^start:7\/0\/run\/[0-9a-f]{32}$/)]);
	await notes.closeRun();
	await notes.closeRun();
	expect(forgotten).toEqual([own]);
	expect([...entries]).toEqual(['start:7/1/run']);
	expect(new Set(asked)).toEqual(new Set(['node']));
});
