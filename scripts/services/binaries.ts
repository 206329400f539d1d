import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const HOW_TO_INSTALL = 'Install them with: sudo apt-get install --no-install-recommends postgresql redis-server';

/**
 * Finds a program on the PATH or in further folders.
 * @param folders Looked through before the PATH
 * @returns Its full path
 * @throws {Error} Saying how to install it
 */
export function findProgram(name: string, folders: string[] = []): string {
	const all = [...folders, ...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/sbin'];
	for (const folder of all) {
		const file = path.join(folder, name);
		if (folder && fs.existsSync(file)) return file;
	}
	throw new Error(`${name} was not found. PostgreSQL and Redis are needed. ${HOW_TO_INSTALL}`);
}

/** Folders with PostgreSQL's programs, newest version first: Debian keeps them off the PATH. */
export function postgresFolders(): string[] {
	const base = '/usr/lib/postgresql';
	if (!fs.existsSync(base)) return [];
	return fs
		.readdirSync(base)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => path.join(base, version, 'bin'));
}

/**
 * Who is to run PostgreSQL, which refuses to run as root: nobody special for ordinary users, and for root the user that
 * the Debian package made.
 * @returns undefined: the user who asks
 */
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		try {
			const [uid, gid] = ['-u', '-g'].map((flag) =>
				Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
			);
			return { uid, gid };
		} catch {
			// There is no such user; the next one.
		}
	}
	throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as.');
}
