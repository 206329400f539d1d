import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { missingAssets, packageProblems } from '../../scripts/check-package';
import { filesIn, filesToPack } from '../../scripts/pack';
import { core } from '../support/n8n';
import { classesOf, unpackPackage } from './unpacked';
import { ROOT } from '../support/root';

const NODE = 'dist/nodes/JSms/JSms.node.js';
const CODEX = 'dist/nodes/JSms/JSms.node.json';
const ICON = 'dist/icons/jsms.svg';

let unpacked: ReturnType<typeof unpackPackage>;
beforeAll(() => {
	unpacked = unpackPackage();
});
afterAll(() => unpacked?.remove());

describe('the packed package', () => {
	it('holds these entries and no others', () => {
		expect(readdirSync(unpacked.folder).sort()).toEqual([
			'LICENSE.md',
			'README.md',
			'dist',
			'index.js',
			'package.json',
		]);
		expect(readdirSync(join(unpacked.folder, 'dist')).sort()).toEqual(['credentials', 'icons', 'nodes']);
	});

	it('has less than 500 kB unpacked', () => {
		const size = filesIn(unpacked.folder).reduce((sum, file) => sum + file.size, 0);
		expect(size).toBeGreaterThan(0);
		expect(size).toBeLessThan(500_000);
	});

	it('holds code, JSON and icons only: no maps, no build info, no sources, no tests', () => {
		const endings = filesIn(join(unpacked.folder, 'dist')).map(({ path }) => path.replace(/^.*\.(?=[^.]+$)/, ''));
		expect([...new Set(endings)].sort()).toEqual(['js', 'json', 'svg']);
	});

	it('passes every check of the build', () => {
		expect(packageProblems(unpacked.folder)).toEqual([]);
		expect(missingAssets(ROOT, filesIn(unpacked.folder))).toEqual([]);
	});

	it('is what the check at the end of the build looked at', () => {
		const paths = (files: Array<{ path: string }>) => files.map(({ path }) => path).sort();
		expect(paths(filesToPack(ROOT))).toEqual(paths(filesIn(unpacked.folder)));
	});

	it('exports its classes', () => {
		const { JSms, JSmsApi, JSmsDeveloperApi, ...triggers } = classesOf(unpacked.folder);
		const { JSmsReceiptTrigger, JSmsTrigger, JSmsVerificationTrigger, ...others } = triggers;
		expect(others).toEqual({});
		expect(new JSms().description.name).toBe('jSms');
		expect(new JSmsTrigger().description.name).toBe('jSmsTrigger');
		expect(new JSmsReceiptTrigger().description.name).toBe('jSmsReceiptTrigger');
		expect(new JSmsVerificationTrigger().description.name).toBe('jSmsVerificationTrigger');
		expect(new JSmsApi().name).toBe('jSmsApi');
		expect(new JSmsDeveloperApi().name).toBe('jSmsDeveloperApi');
	});
});

describe('n8n loading the package', () => {
	let loader: InstanceType<typeof core.PackageDirectoryLoader>;
	beforeAll(async () => {
		loader = new core.PackageDirectoryLoader(unpacked.folder);
		await loader.loadAll();
	});

	/** `icons/<package>/<path>`: the address under which n8n serves a file of the package. */
	const isServable = (url: string) => existsSync(join(unpacked.folder, url.replace('icons/n8n-nodes-jsms/', '')));

	it('finds the node, usable as a tool, with its codex', () => {
		expect(loader.packageName).toBe('n8n-nodes-jsms');
		expect(loader.types.nodes.map(({ name }) => name)).toContain('jSms');
		const node = loader.types.nodes.find(({ name }) => name === 'jSms');
		expect(node?.usableAsTool).toBeTruthy();
		expect(node?.codex?.categories).not.toHaveLength(0);
		expect(node?.codex?.resources?.primaryDocumentation?.[0].url).toMatch(/^https:/);
	});

	it.each(['jSmsTrigger', 'jSmsReceiptTrigger', 'jSmsVerificationTrigger'])(
		'finds the trigger %s, with its codex',
		(trigger) => {
			const node = loader.types.nodes.find(({ name }) => name === trigger);
			expect(node).toMatchObject({ group: ['trigger'], inputs: [], codex: { categories: ['Communication'] } });
			expect(node?.codex?.resources?.primaryDocumentation?.[0].url).toMatch(/^https:/);
		},
	);

	it('finds no webhook node of version 1, for which n8n evaluates an expression with every call', () => {
		const webhookNodes = loader.types.nodes.filter(({ webhooks }) => webhooks);
		expect(webhookNodes.map(({ name }) => name).sort()).toEqual(['jSmsTrigger', 'jSmsVerificationTrigger']);
		expect(webhookNodes.filter(({ version }) => [version].flat().some((one) => one < 2))).toEqual([]);
	});

	it('finds both credential types and which node uses them', () => {
		expect(loader.types.credentials.map(({ name }) => name).sort()).toEqual(['jSmsApi', 'jSmsDeveloperApi']);
		expect(loader.known.credentials.jSmsApi.supportedNodes).toEqual(
			expect.arrayContaining(['jSms', 'jSmsTrigger', 'jSmsReceiptTrigger', 'jSmsVerificationTrigger']),
		);
		expect(loader.known.credentials.jSmsDeveloperApi.supportedNodes).toEqual(['jSms']);
	});

	it('finds a light and a dark icon for every node and credential type', () => {
		for (const type of [...loader.types.nodes, ...loader.types.credentials]) {
			const { light, dark } = type.iconUrl as { light: string; dark: string };
			expect(light).not.toBe(dark);
			expect([light, dark].filter((url) => !isServable(url))).toEqual([]);
		}
	});
});

describe('the checks of the build', () => {
	type At = (path: string) => string;
	const spoilt = (spoil: (at: At) => void) => {
		const folder = unpacked.copy();
		spoil((path) => join(folder, path));
		return packageProblems(folder);
	};
	const write =
		(path: string, text = '') =>
		(at: At) => {
			mkdirSync(join(at(path), '..'), { recursive: true });
			writeFileSync(at(path), text);
		};
	const append = (text: string) => (at: At) => appendFileSync(at(NODE), `\n${text}\n`);
	const remove = (path: string) => (at: At) => rmSync(at(path));

	it.each([
		['a source map', write('dist/nodes/a.js.map'), /^dist\/nodes\/a\.js\.map is a leftover/],
		['build information', write('dist/tsconfig.tsbuildinfo'), /^dist\/tsconfig\.tsbuildinfo is a leftover/],
		['the gulpfile', write('gulpfile.js'), /^gulpfile\.js is a leftover/],
		['a declaration file', write('dist/nodes/a.d.ts'), /^dist\/nodes\/a\.d\.ts is a leftover/],
		['a folder that does not belong', write('sandbox/server.js'), /^sandbox\/server\.js would be published/],
		['a picture of the documentation', write('dist/docs/a.png'), /^dist\/docs\/a\.png would be published/],
		['too many bytes', write('dist/nodes/a.json', ' '.repeat(500_000)), /bytes unpacked; it must stay under 500000/],
		['no README', remove('README.md'), /^The package lacks README\.md/],
		['no codex', remove(CODEX), /^The package lacks .*JSms\.node\.json/],
		['a codex that n8n would drop', write(CODEX, '{"categories":["Communication"]}'), /has no "resources"/],
		['an icon gone', remove(ICON), /names the icon dist\/icons\/jsms\.svg, which is not in the package/],
		['a class gone', remove(NODE), /^package\.json lists dist\/nodes\/JSms\/JSms\.node\.js, which is not/],
		['a module of Node', append("require('fs');"), /:\d+ imports "fs"; a published file may import only/],
		['a development dependency', append('require("n8n-core");'), /imports "n8n-core"/],
		['an import statement', append("import x from 'lodash';"), /imports "lodash"/],
		['a re-export', append("export * from 'luxon';"), /imports "luxon"/],
		['an import at run time', append("void import('axios');"), /imports "axios"/],
		['a computed name', append("require('f' + 's');"), /loads a module whose name is not written out/],
		['require under another name', append("const r = require; r('fs');"), /whose name is not written out/],
		[
			'a file outside the package',
			append("require('../../../test/support/n8n');"),
			/n8n", which is not in the package/,
		],
	])('find %s', (_what, spoil, sentence) => {
		expect(spoilt(spoil)).toContainEqual(expect.stringMatching(sentence));
	});

	it.each([
		['the allowed modules', append("require('node:crypto'); require('n8n-workflow');")],
		['the word in a comment or text', append('// require("fs")\nexports.text = "require(\'fs\')";')],
	])('are content with %s', (_what, spoil) => {
		expect(spoilt(spoil)).toEqual([]);
	});

	it('find a codex, schema or icon of the sources that was not copied', () => {
		const files = filesIn(unpacked.folder).filter(({ path }) => path !== CODEX && path !== ICON);
		expect(missingAssets(ROOT, files)).toEqual([
			`${CODEX.replace('dist/', '')} is not in the package; the build should have copied it to ${CODEX}.`,
			`${ICON.replace('dist/', '')} is not in the package; the build should have copied it to ${ICON}.`,
		]);
	});
});

it('package.json promises nothing at install time', () => {
	const {
		dependencies,
		peerDependencies,
		scripts = {},
		n8n,
	} = JSON.parse(readFileSync(join(unpacked.folder, 'package.json'), 'utf8'));
	expect(dependencies).toBeUndefined();
	expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
});
