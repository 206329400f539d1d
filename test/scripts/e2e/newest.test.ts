import { versionTable } from '../../../scripts/docs/versions';
import { findN8n, installNewest } from '../../../scripts/e2e/newest';
import { readOptions } from '../../../scripts/e2e/options';
import { missingPackage } from '../../../scripts/n8n/missing';
import { legs } from '../../../scripts/n8n/versions';

test.each([
	[[], { jest: [] }],
	[['-t', 'batch'], { jest: ['-t', 'batch'] }],
	[['--n8n', 'latest'], { n8n: 'latest', jest: [] }],
	[['-t', 'batch', '--n8n=2.50.0', 'x'], { n8n: '2.50.0', jest: ['-t', 'batch', 'x'] }],
])('%j', (typed, expected) => expect(readOptions(typed)).toEqual(expected));

test.each([[['--n8n']], [['--n8n', 'next']], [['--n8n=2']], [['--n8n', '-t']]])('%j is refused', (typed) => {
	expect(() => readOptions(typed)).toThrow('--n8n takes "latest" or an exact version');
});

test('npm is asked for the version and what it needs', () => {
	const asked: string[] = [];
	const npm = (needs: string) => (spec: string) => {
		asked.push(spec);
		return JSON.stringify({ version: '2.50.0', 'engines.node': needs });
	};
	expect(findN8n('latest', npm('>=24.0.0'))).toBe('2.50.0');
	expect(findN8n('2.50.0', npm('>=22.16'))).toBe('2.50.0');
	expect(asked).toEqual(['n8n@latest', 'n8n@2.50.0']);
	expect(() => findN8n('latest', npm('>=26.0.0'))).toThrow('n8n 2.50.0 needs Node.js >=26.0.0');
});

describe('an n8n whose parts are not all in the registry', () => {
	const [major, minor, patch] = legs.main.n8n.split('.').map(Number);
	const newer = [1, 2, 3].map((step) => `${major}.${minor}.${patch + step}`);
	const ask = (...args: string[]) => {
		expect(args).toEqual(['n8n', 'versions']);
		return JSON.stringify([newer[2], legs.main.n8n, `${major}.${minor + 1}.0-beta.1`, newer[0], '1.0.0', newer[1]]);
	};
	const run = (lacking: string[]) => {
		const told: string[] = [];
		const install = (version: string) => (lacking.includes(version) ? `@n8n/part@${version}` : undefined);
		return { told, installed: () => installNewest(newer[2], install, (line) => told.push(line), ask) };
	};

	test('is replaced by the next older one', () => {
		expect(run([]).installed()).toBe(newer[2]);
		const { told, installed } = run([newer[2]]);
		expect(installed()).toBe(newer[1]);
		expect(told).toEqual([
			`The registry does not have @n8n/part@${newer[2]}, which n8n ${newer[2]} needs: trying the next older n8n.`,
		]);
	});

	test('is an error when only the pinned one is left', () => {
		expect(run(newer).installed).toThrow(`No n8n newer than the pinned ${legs.main.n8n} can be installed`);
		expect(run(newer).installed).toThrow(`n8n ${newer[0]} needs @n8n/part@${newer[0]}`);
	});

	test.each([
		[
			'npm error code ETARGET\nnpm error notarget No matching version found for @n8n/agents@0.26.2.\n',
			'@n8n/agents@0.26.2',
		],
		["npm error 404  '@n8n/new-part@1.0.0' is not in this registry.\n", '@n8n/new-part@1.0.0'],
		['npm error code ENOTFOUND\n', undefined],
	])('npm names it: %j', (output, expected) => expect(missingPackage(output)).toBe(expected));
});

test('the table names the newest n8n above the pinned ones, unless it is one of them', () => {
	const tried = { main: 'every suite', compat: 'most' };
	const pinned = [`| ${legs.main.n8n} | 24 | every suite |`, `| ${legs.compat.n8n} | 20 | most |`];
	const rows = (newest?: { n8n: string; node: string; on: string }) =>
		versionTable({ ...tried, ...(newest && { newest }) })
			.split('\n')
			.slice(2);
	expect(rows()).toEqual(pinned);
	expect(rows({ n8n: legs.main.n8n, node: '24', on: '2026-11-27' })).toEqual(pinned);
	expect(rows({ n8n: '2.50.0', node: '24', on: '2026-11-27' })).toEqual([
		'| 2.50.0 | 24 | all operations, triggers and examples in regular mode (2026-11-27) |',
		...pinned,
	]);
});

test('another n8n than an exact version is refused before anything is installed', () => {
	jest.resetModules();
	const before = process.env.JSMS_N8N_VERSION;
	try {
		process.env.JSMS_N8N_VERSION = 'latest';
		expect(() => jest.requireActual('../../../scripts/n8n/versions')).toThrow('takes an exact version, not "latest"');
	} finally {
		if (before === undefined) delete process.env.JSMS_N8N_VERSION;
		else process.env.JSMS_N8N_VERSION = before;
	}
});
