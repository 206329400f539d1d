'use strict';

const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { demoHome } = require('../../scripts/demo/stage');
const { N8nClient } = require('../../scripts/n8n/client');
const { eventually } = require('../support/eventually');
const { ROOT } = require('./support/instance');

const COPIED = ['credentials', 'icons', 'nodes', 'sandbox', 'scripts', 'package.json', 'package-lock.json'];

/** `npm run dev` in a copy of the working tree that may be changed. */
describe('npm run dev', () => {
	let tree;
	let home;
	let dev;
	let output = '';
	let exited;
	beforeAll(() => {
		tree = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-dev-')));
		home = demoHome(tree);
		for (const name of [...COPIED, 'tsconfig.json']) {
			fs.cpSync(path.join(ROOT, name), path.join(tree, name), { recursive: true });
		}
		fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
		dev = spawn(process.execPath, ['scripts/run.js', 'scripts/dev.js'], { cwd: tree });
		for (const stream of [dev.stdout, dev.stderr]) stream.on('data', (text) => (output += text));
		exited = new Promise((resolve) => dev.once('exit', resolve));
	});
	afterAll(async () => {
		dev?.kill('SIGTERM');
		await exited;
		for (const folder of [tree, home]) fs.rmSync(folder, { recursive: true, force: true });
	});

	const change = (file, from, to) => {
		const source = fs.readFileSync(path.join(tree, file), 'utf8');
		expect(source).toContain(from);
		fs.writeFileSync(path.join(tree, file), source.replace(from, to));
	};

	test('shows a changed label in n8n without a restart, and ends cleanly with Ctrl-C', async () => {
		await eventually(async () => expect(output).toContain('Ctrl-C ends it all.'), 180_000, 500);
		const [url] = /http:\/\/127\.0\.0\.1:\d+(?=\/workflow\/)/.exec(output);
		const client = await new N8nClient(url).logIn();
		const labels = async () => {
			const types = await client.nodeTypes();
			const { displayName, properties } = types.find(({ name }) => name === 'n8n-nodes-jsms.jSmsReceiptTrigger');
			const options = properties.find(({ name }) => name === 'options').options;
			return [displayName, options.find(({ name }) => name === 'maxRecords').displayName];
		};
		expect(await labels()).toEqual(['JSms Receipt Trigger', 'Max Records per Poll']);

		change(
			'nodes/JSms/JSmsReceiptTrigger.node.ts',
			"displayName: 'JSms Receipt Trigger'",
			"displayName: 'Changed Here'",
		);
		await eventually(async () => expect(await labels()).toEqual(['Changed Here', 'Max Records per Poll']), 60_000, 500);
		// A file that the node's own file imports.
		change('nodes/JSms/fields/polling.ts', "displayName: 'Max Records per Poll'", "displayName: 'Changed There'");
		await eventually(async () => expect(await labels()).toEqual(['Changed Here', 'Changed There']), 60_000, 500);
		const log = fs.readFileSync(path.join(home, 'main.log'), 'utf8');
		expect(log.match(/Editor is now accessible/g)).toHaveLength(1);

		dev.kill('SIGINT');
		expect(await exited).toBe(130);
		expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(tree);
	}, 400_000);
});
