/**
 * What must hold for the package that gets published, checked on the files themselves: used at the end of the build and
 * by the package tests. Every finding is one sentence.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { filesIn, type PackedFile } from './pack';
import { iconsNamedIn, importsOf } from './imports';

export const TOP_LEVEL = ['LICENSE.md', 'README.md', 'dist', 'index.js', 'package.json'];
export const DIST_FOLDERS = ['credentials', 'icons', 'nodes'];
/** n8n downloads and unpacks the package on every instance: bytes, unpacked. */
const SIZE_LIMIT = 500_000;
/** n8n brings n8n-workflow along; anything else from outside would be missing once the package is installed. */
const ALLOWED_IMPORTS = ['n8n-workflow', 'node:crypto'];
const LEFTOVERS = [
	/\.map$/,
	/\.tsbuildinfo$/,
	/\.ts$/,
	/(^|\/)gulpfile\.js$/,
	/\.test\.js$/,
	/(^|\/)tsconfig.*\.json$/,
];

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ');

/**
 * All findings about a package.
 * @param folder the package's root, packed and unpacked again or not yet packed
 * @param files those of its files that are (or will be) in the package; default: all
 * @returns sentences; empty when everything is in order
 */
export function packageProblems(folder: string, files: PackedFile[] = filesIn(folder)): string[] {
	return [
		...contentProblems(files),
		...sizeProblems(files),
		...manifestProblems(folder, files),
		...importProblems(folder, files),
	];
}

/** Exactly the planned entries, and no build leftovers among them. */
function contentProblems(files: PackedFile[]) {
	const paths = files.map(({ path }) => path);
	const top = new Set(paths.map((path) => path.split('/')[0]));
	const problems = TOP_LEVEL.filter((name) => !top.has(name)).map((name) => `The package lacks ${name}.`);
	for (const path of paths) {
		const [first, second] = path.split('/');
		if (LEFTOVERS.some((pattern) => pattern.test(path))) {
			problems.push(`${path} is a leftover of the build and would be published.`);
		} else if (!TOP_LEVEL.includes(first)) {
			problems.push(`${path} would be published, but the package holds only ${quoted(TOP_LEVEL)}.`);
		} else if (first === 'dist' && !DIST_FOLDERS.includes(second)) {
			problems.push(`${path} would be published, but dist holds only ${quoted(DIST_FOLDERS)}.`);
		}
	}
	return problems;
}

function sizeProblems(files: PackedFile[]) {
	const size = files.reduce((sum, file) => sum + file.size, 0);
	if (size < SIZE_LIMIT) return [];
	return [`The package has ${size} bytes unpacked; it must stay under ${SIZE_LIMIT}.`];
}

/** Whatever package.json promises to n8n is there: classes, a codex that n8n reads, the icons the classes name. */
function manifestProblems(folder: string, files: PackedFile[]) {
	const paths = new Set(files.map(({ path }) => path));
	const { n8n = {} } = JSON.parse(read(folder, 'package.json'));
	const { nodes = [], credentials = [] } = n8n;
	const problems: string[] = [];
	if (nodes.length === 0) problems.push('package.json lists no nodes for n8n.');
	for (const path of [...nodes, ...credentials]) {
		if (!paths.has(path)) {
			problems.push(`package.json lists ${path}, which is not in the package; build first.`);
			continue;
		}
		// An icon may be named in a file the class shares with others; n8n looks it up from the class's own folder.
		const icons = new Set(withImports(folder, path, paths).flatMap((file) => iconsNamedIn(read(folder, file))));
		if (icons.size === 0) problems.push(`${path} names no icon.`);
		for (const icon of icons) {
			const iconPath = posix.join(posix.dirname(path), icon);
			if (!paths.has(iconPath)) problems.push(`${path} names the icon ${iconPath}, which is not in the package.`);
		}
	}
	for (const path of nodes) problems.push(...codexProblems(folder, path.replace(/\.js$/, '.json'), paths));
	return problems;
}

/** n8n drops a codex without `resources` silently, and with it the node's categories and search words. */
function codexProblems(folder: string, path: string, paths: Set<string>) {
	if (!paths.has(path)) return [`The package lacks ${path}, which sorts the node into n8n's categories.`];
	const codex = JSON.parse(read(folder, path));
	return ['categories', 'resources']
		.filter((key) => Object.keys(codex[key] ?? {}).length === 0)
		.map((key) => `${path} has no "${key}".`);
}

/** A file of the package and all files of the package it imports, directly or through others. */
function withImports(folder: string, path: string, paths: Set<string>) {
	const found = new Set([path]);
	for (const file of found) {
		if (!file.endsWith('.js')) continue;
		for (const { name } of importsOf(read(folder, file))) {
			const target = name?.startsWith('.') ? resolveImport(file, name, paths) : undefined;
			if (target) found.add(target);
		}
	}
	return [...found];
}

/** The file of the package that a relative import means, as Node finds it; undefined if it is none of them. */
function resolveImport(importer: string, name: string, paths: Set<string>) {
	const target = posix.join(posix.dirname(importer), name);
	return [target, `${target}.js`, `${target}.json`, `${target}/index.js`].find((candidate) => paths.has(candidate));
}

function importProblems(folder: string, files: PackedFile[]) {
	const paths = new Set(files.map(({ path }) => path));
	const problems: string[] = [];
	for (const path of [...paths].filter((name) => /\.[cm]?js$/.test(name))) {
		for (const { name, line } of importsOf(read(folder, path))) {
			const at = `${path}:${line}`;
			if (name === undefined) {
				problems.push(`${at} loads a module whose name is not written out.`);
			} else if (name.startsWith('.')) {
				if (resolveImport(path, name, paths) === undefined) {
					problems.push(`${at} imports "${name}", which is not in the package.`);
				}
			} else if (!ALLOWED_IMPORTS.includes(name)) {
				problems.push(`${at} imports "${name}"; a published file may import only ${quoted(ALLOWED_IMPORTS)}.`);
			}
		}
	}
	return problems;
}

/**
 * Source files that travel as they are (codex, output schemas, icons) and did not make it into the package.
 * @param root the repository
 * @param files those in the package
 * @returns sentences
 */
export function missingAssets(root: string, files: PackedFile[]): string[] {
	const paths = new Set(files.map(({ path }) => path));
	const assets = ['nodes', 'icons']
		.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) => filesIn(join(root, folder)).map(({ path }) => `${folder}/${path}`))
		.filter((path) => /\.(json|svg|png)$/.test(path));
	return assets
		.filter((path) => !paths.has(`dist/${path}`))
		.map((path) => `${path} is not in the package; the build should have copied it to dist/${path}.`);
}

export type { PackedFile };
