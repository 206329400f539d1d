import { openOnceKeys } from '../../../nodes/JSms/memory/onceKeys';
import { useVirtualTime } from '../../support/virtualTime';
import { newProcess, StoredRecord } from './sharedRecord';

useVirtualTime();

let workflows = 0;

/** Runs of one node. */
function node() {
	const stored = new StoredRecord();
	const workflow = `workflow-${(workflows += 1)}`;
	return { stored, open: () => openOnceKeys(stored.contextIn({ workflow })) };
}

it('tells which keys were used before, by another run or by this one', async () => {
	const { open } = node();
	await open().claim(['a']);
	const keys = open();
	expect(await keys.claim(['a', 'b'])).toEqual(new Map([['a', 'used']]));
	expect(await keys.claim(['b', 'c'])).toEqual(new Map([['b', 'used']]));
});

it('gives back what this run claimed, and nothing else', async () => {
	const { stored, open } = node();
	await open().claim(['a']);
	const keys = open();
	await keys.claim(['a', 'b', 'c']);
	await keys.release(['a', 'b', 'never claimed']);
	await keys.confirm();
	expect(stored.kept).toEqual(['once:a', 'once:c']);
	expect(await keys.claim(['b'])).toEqual(new Map());
});

it('asks the store for nothing where there is nothing to ask', async () => {
	const { stored, open } = node();
	const keys = open();
	await keys.claim([]);
	await keys.release([]);
	await keys.confirm();
	expect([stored.calls, stored.entries]).toEqual([[], undefined]);
});

it('says that nobody can tell where a key is there after a refused call', async () => {
	const { stored, open } = node();
	await open().claim(['before']);
	const keys = open();
	stored.faults = ['refusedAfterWriting'];
	expect(await keys.claim(['a'])).toEqual(new Map([['a', 'doubtful']]));
	await keys.release(['a']);
	expect(stored.kept).toContain('once:a');
});

it('says in a sentence that the store does not respond, and does not ask it again for this run', async () => {
	const { stored, open } = node();
	const keys = open();
	stored.faults = ['refused', 'refused'];
	const problem = {
		message: "'Send Once Key' cannot be used now: n8n's dedupe store is not available (database is locked)",
		hint: "Nothing was sent. Save the workflow, check n8n's database, then run the workflow again, or remove the option 'Send Once Key'.",
		concerns: 'everyone',
	};
	await expect(keys.claim(['a'])).rejects.toMatchObject(problem);
	const { length } = stored.calls;
	await expect(keys.claim(['b'])).rejects.toMatchObject(problem);
	expect(stored.calls).toHaveLength(length);
	// Messages without a key need no store.
	expect(await keys.claim([])).toEqual(new Map());
	expect(await open().claim(['b'])).toEqual(new Map());
});

it('waits for others as long as a call of the store takes that can be spared', async () => {
	const { stored, open } = node();
	const keys = open();
	stored.tookMs = 20;
	await keys.claim(['a']);
	const started = performance.now();
	await keys.waitForOthers();
	expect(Math.round(performance.now() - started)).toBeGreaterThanOrEqual(20);
});

it('waits before sending until keys are safely stored only where other processes may claim them, else at the end', async () => {
	const { stored, open } = node();
	const keys = open();
	const claim = async (key: string) => {
		const started = performance.now();
		await keys.claim([key]);
		return Math.round(performance.now() - started);
	};
	expect(await claim('first')).toBeGreaterThan(40);
	for (let index = 0; index < 12; index += 1) await claim(`key-${index}`);
	expect(await claim('last')).toBeLessThan(20);
	// Another process writes what it read before.
	stored.entries = [];
	await keys.confirm();
	expect(stored.kept).toContain('once:last');
});

it('leaves keys used that cannot be given back', async () => {
	const { stored, open } = node();
	const keys = open();
	await keys.claim(['a']);
	stored.faults = ['refused'];
	await expect(keys.release(['a'])).resolves.toBeUndefined();
	expect(stored.kept).toEqual(['once:a']);
});

it('cannot be used in a workflow that was never saved', () => {
	expect(() => openOnceKeys(new StoredRecord().contextIn({ workflow: '' }))).toThrow('the workflow was never saved');
});

it('does not send what another process took at the same moment, nor gives its key back', async () => {
	const stored = new StoredRecord();
	const other = stored.openIn(newProcess(), { maxEntries: 100_000, workflow: 'shared' });
	await other.record(['once:before']);
	const keys = openOnceKeys(stored.contextIn({ workflow: 'shared' }));
	const [verdicts, lost] = await Promise.all([
		keys.claim(['a', 'b']),
		other.record(['once:a']).then(async () => await other.confirm(['once:a'])),
	]);
	// One of the two has it, and b is this process's in any case.
	expect([verdicts.get('a'), verdicts.has('b')]).toEqual([lost.size === 0 ? 'used' : undefined, false]);
	await keys.release(['a', 'b']);
	expect(stored.kept.includes('once:a')).toBe(lost.size === 0);
});

it('keeps the keys in the record of the node', async () => {
	const stored = new StoredRecord();
	const context = stored.contextIn({ workflow: `workflow-${(workflows += 1)}` });
	const ask = jest.spyOn(context.helpers, 'checkProcessedAndRecord');
	await openOnceKeys(context).claim(['a']);
	expect(ask).toHaveBeenCalledWith(expect.anything(), 'node', expect.anything());
});
