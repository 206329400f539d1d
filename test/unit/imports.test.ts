import { resolveFrom, sourcesBelow } from './sources';

/** Which way imports run in the shipped code: the layers of docs/architecture.md, from the outside in. */
const NODE = 'nodes/JSms';
const PACKAGES = ['n8n-workflow', 'node:crypto'];

interface Import {
	from: string;
	to: string;
	typeOnly: boolean;
}

function importsOf([file, text]: [string, string]): Import[] {
	return Array.from(text.matchAll(/^(?:import|export)( type)?[^;]*? from '([^']+)'/gm), ([, type, target]) => ({
		from: file,
		to: target.startsWith('.') ? resolveFrom(file, target) : target,
		typeOnly: type !== undefined,
	}));
}

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));
const sources = { ...sourcesBelow('nodes', '.ts'), ...sourcesBelow('credentials', '.ts') };
const shipped = Object.keys(sources);
const imports = Object.entries(sources).flatMap(importsOf);
const below = (folder: string) => imports.filter(({ from }) => from.startsWith(`${NODE}/${folder}`));
const forbidden = (list: Import[], pattern: RegExp) =>
	list.filter(({ to }) => pattern.test(to)).map(({ from, to }) => `${from} imports ${to}`);

it('reads the whole of the shipped code', () => {
	expect(shipped).toEqual(
		expect.arrayContaining([`${NODE}/JSms.node.ts`, `${NODE}/batch/run.ts`, 'credentials/JSmsApi.credentials.ts']),
	);
	expect(imports.length).toBeGreaterThan(shipped.length);
});

it('takes nothing from other packages but n8n-workflow and node:crypto', () => {
	const packages = imports.filter(({ to }) => !/^(nodes|credentials)\//.test(to)).map(({ to }) => to);
	expect([...new Set(packages)].filter((name) => !PACKAGES.includes(name))).toEqual([]);
});

it('keeps the batch pipeline free of n8n and of HTTP', () => {
	const values = below('batch').filter(({ typeOnly, to }) => !(typeOnly && to === 'n8n-workflow'));
	expect(
		forbidden(values, /^n8n-workflow|\/(api\/(request|apiError)|execute|memory|resources|methods|fields)(\/|$)/),
	).toEqual([]);
});

it('lets operations know neither the API layer nor another resource nor the run', () => {
	const operations = below('resources').filter(({ from }) => from.endsWith('.operation.ts'));
	expect(
		forbidden(
			operations.filter(({ typeOnly }) => !typeOnly),
			/\/(api|execute|memory|methods)\//,
		),
	).toEqual([]);
	const others = operations.filter(({ from, to }) => to.includes('/resources/') && folderOf(to) !== folderOf(from));
	expect(others).toEqual([]);
});

it('lets fields know neither the API layer nor the run', () => {
	expect(
		forbidden(
			below('fields').filter(({ typeOnly }) => !typeOnly),
			/\/(api|execute|memory|resources|methods)\//,
		),
	).toEqual([]);
});

it('lets the API layer know neither operations nor the batch pipeline', () => {
	expect(
		forbidden(
			below('api').filter(({ typeOnly }) => !typeOnly),
			/\/(execute|memory|resources|methods|batch)\//,
		),
	).toEqual([]);
});

it('lets what remembers know nothing of what is done with it', () => {
	expect(forbidden(below('memory'), /\/(api|execute|batch|resources|methods)\//)).toEqual([]);
});

it('keeps receipts free of n8n and of whatever is done with them', () => {
	const receipts = below('receipts');
	expect(receipts.length).toBeGreaterThan(0);
	expect(
		forbidden(
			receipts.filter(({ typeOnly }) => !typeOnly),
			/^n8n-workflow|\/(api\/(request|apiError)|execute|memory|resources|methods|fields|webhook|batch)(\/|$)/,
		),
	).toEqual([]);
});

it('keeps what an SMS says and costs free of n8n and of whatever is done with it', () => {
	const sms = below('sms');
	expect(sms.length).toBeGreaterThan(0);
	const values = sms.filter(({ typeOnly }) => !typeOnly);
	expect(
		forbidden(values, /^n8n-workflow|\/(api|batch|execute|memory|resources|methods|fields|webhook)(\/|$)/),
	).toEqual([]);
});

it('lets the triggers know nothing of sending', () => {
	expect(forbidden(below('poll'), /\/(batch|resources|methods|webhook)\//)).toEqual([]);
	expect(forbidden(below('webhook'), /\/(api|execute|batch|resources|methods)\//)).toEqual([]);
});

it('lets the verification page know nothing of batches, runs and receipts, and keeps its rules free of n8n', () => {
	const verification = below('verification');
	expect(verification.length).toBeGreaterThan(0);
	expect(forbidden(verification, /\/(batch|execute|resources|methods|receipts|webhook|poll)(\/|$)/)).toEqual([]);
	const EDGE = ['form', 'json', 'request', 'service', 'setup', 'webhook'].map(
		(name) => `${NODE}/verification/${name}.ts`,
	);
	const rules = verification.filter(({ from, typeOnly }) => !typeOnly && !EDGE.includes(from));
	expect(forbidden(rules, /^n8n-workflow|\/api\//)).toEqual([]);
});

it('has no circle between files', () => {
	const targets = new Map(shipped.map((file) => [file, new Set<string>()]));
	for (const { from, to } of imports) {
		const file = [`${to}.ts`, `${to}/index.ts`].find((name) => targets.has(name));
		if (file) targets.get(from)?.add(file);
	}
	// What imports nothing that is left cannot be part of a circle; what remains in the end are circles and their users.
	for (let removed = true; removed; ) {
		const free = [...targets].filter(([, to]) => [...to].every((file) => !targets.has(file)));
		for (const [file] of free) targets.delete(file);
		removed = free.length > 0;
	}
	expect([...targets.keys()]).toEqual([]);
});

it('sends through one file only', () => {
	const callers = shipped.filter((file) => /httpRequest(WithAuthentication)?\b/.test(sources[file]));
	expect(callers).toEqual([`${NODE}/api/request.ts`]);
});

it('keeps credentials apart from the node, and the sandbox apart from both', () => {
	expect(
		forbidden(
			imports.filter(({ from }) => from.startsWith('credentials/')),
			/^nodes\//,
		),
	).toEqual([]);
	const reaching = Object.entries(sourcesBelow('sandbox', '.js')).filter(([, text]) =>
		/require\('[^']*\/(nodes|credentials|dist)\//.test(text),
	);
	expect(reaching).toEqual([]);
});
