import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { openSendMemory } from '../../../nodes/JSms/memory';

/** A node whose record another process, when it is told to, writes back as it was before. */
function contextOf(node: string) {
	let entries = new Set<string>();
	let before = entries;
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
			checkProcessedAndRecord: async (asked: string[]) => {
				await sleep(1);
				const known = asked.filter((entry) => entries.has(entry));
				before = entries;
				entries = new Set([...entries, ...asked]);
				return { processed: known };
			},
		},
	} as unknown as IExecuteFunctions;
	return { context, undo, holds: () => entries.size };
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
