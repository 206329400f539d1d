import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { author, name, version } from '../../package.json';

interface InstalledNode {
	name: string;
	type: string;
	version: number;
}

/** What is given to the process below. */
interface Listing {
	database: string;
	name: string;
	version: string;
	author: { name: string; email: string };
	nodes: InstalledNode[];
}

/** n8n's Node.js has SQLite built in; the one that runs this may not. */
const PROGRAM = `
const { DatabaseSync } = require('node:sqlite');
const { database, name, version, author, nodes } = JSON.parse(process.argv[1]);
const db = new DatabaseSync(database);
db.exec('PRAGMA busy_timeout = 5000');
db.prepare('INSERT INTO installed_packages ("packageName", "installedVersion", "authorName", "authorEmail") VALUES (?, ?, ?, ?)')
	.run(name, version, author.name, author.email);
for (const node of nodes) {
	db.prepare('INSERT INTO installed_nodes (name, type, "latestVersion", package) VALUES (?, ?, ?, ?)')
		.run(node.name, node.type, node.version, name);
}
db.close();
`;

/**
 * Notes the package in n8n's list of installed community packages, as n8n does at the end of an installation.
 *
 * WHY not by n8n itself: it installs from the public npm registry alone, and the video shows the package of this working
 * copy, which is laid out in n8n's folder as an installation leaves it.
 *
 * @param node program that runs n8n
 * @param folder n8n's user folder
 */
export function list(node: string, folder: string, nodes: InstalledNode[]): void {
	const database = path.join(folder, '.n8n', 'database.sqlite');
	const listing: Listing = { database, name, version, author, nodes };
	execFileSync(node, ['--no-warnings', '-e', PROGRAM, JSON.stringify(listing)]);
}
