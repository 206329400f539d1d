import { path, runSimulator } from './host';
import type { KeptResult } from './kept';
import { KEPT, readWorld, worldsIn } from './worldFile';

const run = (...args: string[]) => JSON.parse(runSimulator(['--kept', ...args])) as KeptResult[];

describe('worlds that once broke a law, and fixed ones', () => {
	let results: KeptResult[];
	beforeAll(() => {
		results = run();
	}, 60_000);

	it.each(worldsIn(KEPT).map((file) => path.basename(file)))('%s keeps the laws', (name) => {
		expect(results.find((one) => one.name === name)?.violations).toEqual([]);
	});

	it('gives fixed worlds that keep the laws', () => {
		expect(results.flatMap(({ name, violations }) => violations.map((one) => `${name}: ${one}`))).toEqual([]);
	});

	it('runs the same in another process, and whichever worlds ran before', () => {
		expect(run('--reverse').reverse()).toEqual(results);
	}, 60_000);
});

it('says of each world what it is about', () => {
	for (const file of worldsIn(KEPT)) expect(readWorld(file).label).toMatch(/./);
});
