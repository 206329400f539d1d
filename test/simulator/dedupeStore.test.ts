import { VirtualClock } from './clock/virtualClock';
import { DedupeStore } from './store/dedupeStore';
import type { StoreFault } from './world/types';

const PLACE = { workflow: { id: 'w' }, node: { id: 'n' } };
const ENTRIES = { mode: 'entries', maxEntries: 3 };

function storeWith(faults: Record<number, StoreFault> = {}) {
	const clock = new VirtualClock(
		() => 0,
		async () => {
			for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
		},
	);
	const store = new DedupeStore(
		{ ms: 1, faults },
		clock,
		() => 0,
		() => {},
	);
	/** What calls at the same moment give, errors as their message. */
	const all = async (...calls: Array<() => Promise<unknown>>) => {
		const settled = Promise.allSettled(calls.map(async (call) => await call()));
		await clock.run(() => false);
		return (await settled).map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));
	};
	const check = (...entries: string[]) => store.checkProcessedAndRecord(entries, 'node', PLACE, ENTRIES);
	return { store, clock, all, check };
}

it('tells what is new, and keeps the youngest', async () => {
	const { all, check } = storeWith();
	await all(() => check('a', 'b'));
	expect(await all(() => check('b', 'c', 'd'))).toEqual([{ new: ['c', 'd'], processed: ['b'] }]);
	expect(await all(() => check('a', 'b'))).toEqual([{ new: ['a'], processed: ['b'] }]);
});

it('lets calls at the same moment undo each other', async () => {
	const { all, check } = storeWith();
	await all(() => check('x'));
	await all(
		() => check('a'),
		() => check('b'),
	);
	expect(await all(() => check('a', 'b'))).toEqual([{ new: ['a'], processed: ['b'] }]);
});

it('refuses one of two first uses at the same moment', async () => {
	const { all, check } = storeWith();
	const results = await all(
		() => check('a'),
		() => check('b'),
	);
	expect(results).toEqual([{ new: ['a'], processed: [] }, 'duplicate key value violates unique constraint']);
});

it('keeps the record of a workflow apart from those of its nodes', async () => {
	const { all, check, store } = storeWith();
	await all(() => check('a'));
	const checkWorkflow = () => store.checkProcessedAndRecord(['a'], 'workflow', PLACE, ENTRIES);
	expect(await all(checkWorkflow)).toEqual([{ new: ['a'], processed: [] }]);
});

it('forgets what is removed', async () => {
	const { all, check, store } = storeWith();
	await all(() => check('a'));
	await all(() => store.removeProcessed(['a'], 'node', PLACE, ENTRIES));
	expect(await all(() => check('a'))).toEqual([{ new: ['a'], processed: [] }]);
});

it('has written, or not, when it says that it failed', async () => {
	const { all, check } = storeWith({ 1: { kind: 'refuse' }, 2: { kind: 'refuseAfter' } });
	await all(() => check('x'));
	expect(await all(() => check('a'))).toEqual(['SQLITE_BUSY: database is locked']);
	expect(await all(() => check('b'))).toEqual(['Connection terminated unexpectedly']);
	expect(await all(() => check('a', 'b'))).toEqual([{ new: ['a'], processed: ['b'] }]);
});
