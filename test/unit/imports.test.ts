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

/**
 * The floors of the house, from the ground up: a room imports only rooms below it, types included. `verification` and `triggers`
 * are siblings, and so are the rooms of each of the other floors.
 */
const FLOORS = [
	['model'],
	['fields', 'batch', 'api', 'memory', 'receipts'],
	['resources', 'execute'],
	['triggers', 'verification'],
];
const roomOf = (path: string) => new RegExp(`^${NODE}/(\\w+)(?:/|$)`).exec(path)?.[1];
const floorOf = (path: string) => {
	const room = roomOf(path);
	// The node files stand on top.
	return room === undefined ? FLOORS.length : FLOORS.findIndex((rooms) => rooms.includes(room));
};

it('has no room but those of the plan', () => {
	const rooms = new Set(shipped.filter((file) => file.startsWith(NODE)).map(roomOf));
	expect([...rooms].filter((room) => room !== undefined && !FLOORS.flat().includes(room))).toEqual([]);
	expect(shipped.filter((file) => file.startsWith(NODE) && roomOf(file) === undefined)).toEqual(
		expect.arrayContaining([`${NODE}/JSms.node.ts`]),
	);
});

it('lets a room import only rooms below it', () => {
	const inside = imports.filter(({ from, to }) => from.startsWith(NODE) && to.startsWith(NODE));
	const wrong = inside.filter(({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(to) >= floorOf(from));
	expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

it('lets an operation know no other resource', () => {
	const operations = below('resources').filter(({ from }) => from.endsWith('.operation.ts'));
	const others = operations.filter(({ from, to }) => /\/resources\/\w+\//.test(to) && folderOf(to) !== folderOf(from));
	expect(others).toEqual([]);
});

it('keeps n8n at the edge: below it, only types of n8n are known', () => {
	const pure = [...below('model'), ...below('batch'), ...below('receipts')].filter(({ typeOnly }) => !typeOnly);
	expect(forbidden(pure, /^n8n-workflow$/)).toEqual([]);
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
	const reaching = Object.entries(sourcesBelow('sandbox', '.ts')).filter(([, text]) =>
		/(from |import\(|require\()'[^']*\/(nodes|credentials|dist)\//.test(text),
	);
	expect(reaching).toEqual([]);
});
