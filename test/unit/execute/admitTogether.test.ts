import type { IExecuteFunctions } from 'n8n-workflow';

import type { Recipient } from '../../../nodes/JSms/batch/types';
import { admitNew } from '../../../nodes/JSms/execute/admit';
import { openSendMemory } from '../../../nodes/JSms/memory';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';

/** One run of a node, and what n8n's store was asked by it. */
function run() {
	const calls: string[][] = [];
	const context = {
		getWorkflow: () => ({ id: 'workflow-1' }),
		getNode: () => ({ id: 'node-1' }),
		getExecutionId: () => '7',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getContext: () => ({}),
		helpers: {
			checkProcessedAndRecord: async (asked: string[]) => {
				calls.push(asked);
				return await Promise.resolve({ processed: calls.length > 1 ? asked : [] });
			},
		},
	} as unknown as IExecuteFunctions;
	const memory = openSendMemory(context, true);
	const crashedTry = memory.crashNotes.openRun(() => ['content'], 2);
	const admit = admitNew(sendBatch, memory, crashedTry);
	return { calls, admit: async (...keys: string[]) => await admit({ shared, positions: [] }, keys.map(personWith)) };
}

const shared = { tempId: 1 };
const personWith = (onceKey: string, item: number): Recipient => ({
	item,
	mobile: `1380000000${item}`,
	tempPara: {},
	onceKey,
});
const kindsOf = (entries: string[]) => entries.map((entry) => /^once:.*|^[a-z]+/.exec(entry)?.[0]);

it('asks the store once for the run, the keys and the notes of all requests that start with it', async () => {
	const { calls, admit } = run();
	const admitted = await Promise.all([admit('a', 'b'), admit('c')]);
	expect(admitted.map(({ verdicts }) => verdicts)).toEqual([[undefined, undefined], [undefined]]);
	expect(kindsOf(calls[0])).toEqual(['start', 'start', 'once:a', 'once:b', 'start', 'once:c', 'start']);
});
