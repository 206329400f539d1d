import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { openSendMemory } from '../../../nodes/JSms/memory';

/** A node whose record another process, when it is told to, writes back as it was before. */
function contextOf(node: string) {
	let entries = new Set<string>();
	let before = entries;
	let most = Number.POSITIVE_INFINITY;
	const undo = () => {
		entries = before;
	};
	const context = {
		getWorkflow: () => ({ id: 'workflow-1' }),
		getNode: () => ({ id: node }),
		getExecutionId: () => '7',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getContext: () => ({}),
		helpers: {
			checkProcessedAndRecord: async (asked: string[], _scope: string, { maxEntries }: { maxEntries: number }) => {
				most = maxEntries;
				await sleep(1);
				const known = asked.filter((entry) => entries.has(entry));
				before = entries;
				entries = new Set([...entries, ...asked]);
				return { processed: known };
			},
		},
	} as unknown as IExecuteFunctions;
	return { context, undo, holds: () => entries.size, keeps: () => most };
}

it('lets a run with keys wait until they are safely stored', async () => {
	const { context, undo, holds } = contextOf('keys');
	const memory = openSendMemory(context, true);
	await memory.onceKeys.claim(['a', 'b']);
	undo();
	await memory.settle();
	expect(holds()).toBe(2);
});

it('lets a run without keys go on, records in the background what was undone, and lets runs wait from then on', async () => {
	const { context, undo, holds } = contextOf('notes');
	const memory = openSendMemory(context, false);
	await memory.crashNotes.start('a');
	undo();
	await memory.settle();
	expect(holds()).toBe(0);
	while (holds() === 0) await sleep(5);
	await memory.crashNotes.start('b');
	undo();
	await memory.settle();
	expect(holds()).toBe(2);
});

it('keeps 100,000 keys, and room beside them for the notes of several runs', async () => {
	const { context, keeps } = contextOf('full');
	const memory = openSendMemory(context, true);
	await memory.crashNotes.openRun(() => ['content'], 1_000);
	await memory.onceKeys.claim(['a']);
	await memory.settle();
	// With one mark of the store for every 500.
	expect(keeps()).toBe(104_000 + 208);
});

it('has no patience where there is no store to ask', async () => {
	const context = { getWorkflow: () => ({}), getExecutionId: () => '7', helpers: {} } as unknown as IExecuteFunctions;
	await expect(openSendMemory(context, false).patience()).resolves.toBeUndefined();
});

it('refuses keys where the workflow was never saved, and does without a store where none are wanted', async () => {
	const context = { getWorkflow: () => ({}), getExecutionId: () => '7', helpers: {} } as unknown as IExecuteFunctions;
	expect(() => openSendMemory(context, true)).toThrow(
		"'Send Once Key' cannot be used because n8n's memory of used keys is not available (the workflow was never saved)",
	);
	await expect(openSendMemory(context, false).settle()).resolves.toBeUndefined();
});
