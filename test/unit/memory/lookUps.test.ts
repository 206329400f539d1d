import { afterLookUp, Neighbors, safeWait, type Finding } from '../../../nodes/JSms/memory/lookUps';

/** What look-ups in n8n's dedupe store decide, without the store. */

it.each([
	[0, 30],
	[5, 45],
	[300, 930],
	[324, 1_000],
	[86_400_000, 1_000],
])('waits after a call of %d ms for another process, within bounds: %d ms', (tookMs, waits) => {
	expect(safeWait(tookMs)).toBe(waits);
});

it.each<[Finding, Parameters<typeof afterLookUp>[1], ReturnType<typeof afterLookUp>]>([
	['complete', { lookUps: 1, wasFound: false, isAlone: true }, 'done'],
	['complete', { lookUps: 1, wasFound: false, isAlone: false }, 'late'],
	['complete', { lookUps: 2, wasFound: true, isAlone: false }, 'done'],
	['complete', { lookUps: 4, wasFound: false, isAlone: false }, 'late'],
	['complete', { lookUps: 5, wasFound: false, isAlone: false }, 'done'],
	['missing', { lookUps: 1, wasFound: false, isAlone: true }, 'again'],
	['missing', { lookUps: 4, wasFound: true, isAlone: false }, 'again'],
	['missing', { lookUps: 5, wasFound: false, isAlone: false }, 'done'],
	['noResponse', { lookUps: 1, wasFound: false, isAlone: true }, 'again'],
	['noResponse', { lookUps: 4, wasFound: true, isAlone: false }, 'again'],
	['noResponse', { lookUps: 5, wasFound: false, isAlone: true }, 'done'],
])('%s at %j: %s', (finding, state, next) => {
	expect(afterLookUp(finding, state)).toBe(next);
});

describe('neighbors', () => {
	/** Look-ups one after the other, each of a write made after the look-up before. */
	function lookUps(neighbors: Neighbors, finding: Finding, count: number, from = 0): void {
		for (let index = 0; index < count; index += 1) {
			const now = from + 2 * index + 1;
			neighbors.learn(finding, { writtenAt: now, now });
		}
	}

	it('are none after ten undisturbed look-ups, not before', () => {
		const neighbors = new Neighbors();
		lookUps(neighbors, 'complete', 9);
		expect(neighbors.none).toBe(false);
		lookUps(neighbors, 'complete', 1, 100);
		expect(neighbors.none).toBe(true);
	});

	it('are there once something was missing, until a hundred look-ups were undisturbed again', () => {
		const neighbors = new Neighbors();
		lookUps(neighbors, 'complete', 10);
		lookUps(neighbors, 'missing', 1, 100);
		expect(neighbors.none).toBe(false);
		lookUps(neighbors, 'complete', 99, 200);
		expect(neighbors.none).toBe(false);
		lookUps(neighbors, 'complete', 1, 1_000);
		expect(neighbors.none).toBe(true);
		lookUps(neighbors, 'missing', 1, 2_000);
		expect(neighbors.none).toBe(false);
	});

	it('are told by the look-up of a write that was made at the moment of the last one', () => {
		const neighbors = new Neighbors();
		for (let now = 1; now <= 10; now += 1) neighbors.learn('complete', { writtenAt: now - 1, now });
		expect(neighbors.none).toBe(true);
	});

	it('are not told by look-ups of the same time, nor by a store that does not respond', () => {
		const neighbors = new Neighbors();
		for (let index = 0; index < 20; index += 1) neighbors.learn('complete', { writtenAt: 5, now: 10 });
		lookUps(neighbors, 'noResponse', 20, 100);
		expect(neighbors.none).toBe(false);
		lookUps(neighbors, 'complete', 9, 10);
		expect(neighbors.none).toBe(true);
	});
});
