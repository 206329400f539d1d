import { versionTable } from '../../../scripts/docs/versions';
import { findN8n } from '../../../scripts/e2e/newest';
import { readOptions } from '../../../scripts/e2e/options';
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
