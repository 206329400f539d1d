import { openRunNote } from '../../../nodes/JSms/memory/runNote';
import { StoredRecord } from './sharedRecord';

let workflows = 0;

/** Tries of one execution, each in a process that knows nothing but the store; `memory` survives "Retry On Fail" only. */
function tries() {
	const stored = new StoredRecord();
	const workflow = `noted-workflow-${(workflows += 1)}`;
	return {
		stored,
		open: async (
			keys?: string[],
			more: { executionId?: string; memory?: Record<string, unknown>; runIndex?: number } = {},
		) => await openRunNote(stored.contextIn({ workflow, ...more }), keys),
	};
}

it('finds an interrupted try of the same execution and run, and no other', async () => {
	const { open } = tries();
	expect(await open()).toBe('none');
	expect(await open(undefined, { executionId: '2' })).toBe('none');
	expect(await open(undefined, { runIndex: 1 })).toBe('none');
	expect(await open()).toBe('unprotected');
});

it('tells whether the keys are the same, in any order', async () => {
	const { open } = tries();
	expect(await open(['a', 'b'])).toBe('none');
	expect(await open(['b', 'a'])).toBe('sameKeys');
	expect(await open(['a', 'c'])).toBe('unprotected');
	expect(await open()).toBe('unprotected');
});

it('does not take "Retry On Fail" for a crash, nor forgets what the first try found', async () => {
	const { stored, open } = tries();
	const memory = {};
	expect([await open([], { memory }), await open([], { memory })]).toEqual(['none', 'none']);
	expect(stored.calls).toHaveLength(1);
	const afterCrash = {};
	expect(await open(undefined, { memory: afterCrash })).toBe('unprotected');
	expect(await open(undefined, { memory: afterCrash })).toBe('unprotected');
});

it('is one entry for a run, two with keys', async () => {
	const { stored, open } = tries();
	await open();
	await open(['a'], { executionId: '2' });
	expect(stored.entries?.map((entry) => entry.split('/').length)).toEqual([3, 3, 4]);
});

it('steps aside where the store refuses, and where there is none', async () => {
	const { stored, open } = tries();
	await open();
	stored.faults = ['refused', 'refused'];
	expect(await open()).toBe('none');
	expect(await openRunNote(new StoredRecord().contextIn({ workflow: '' }), undefined)).toBe('none');
});

it('notes nothing for runs without an execution ID: all of them would share one note', async () => {
	const { stored, open } = tries();
	expect([await open(undefined, { executionId: '' }), await open(undefined, { executionId: '' })]).toEqual([
		'none',
		'none',
	]);
	expect(stored.calls).toEqual([]);
});

it('keeps notes in the record of the workflow, and what it found in the context of the node', async () => {
	const context = new StoredRecord().contextIn({ workflow: `noted-workflow-${(workflows += 1)}` });
	const ask = jest.spyOn(context.helpers, 'checkProcessedAndRecord');
	const getContext = jest.spyOn(context, 'getContext');
	await openRunNote(context, undefined);
	expect(ask).toHaveBeenCalledWith(expect.anything(), 'workflow', expect.anything());
	expect(getContext.mock.calls).toEqual([['node']]);
});
