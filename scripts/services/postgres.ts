import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '../n8n/ports';
import { findProgram, postgresFolders, unprivilegedUser } from './binaries';
import { startService, type Service } from './service';

const USER = 'n8n';
// Loopback only, and gone with the data folder.
const PASSWORD = 'dummy-password';

/**
 * Starts a private PostgreSQL with an empty database.
 * @param folder An existing empty folder; it becomes the property of the user who runs PostgreSQL
 * @returns `env` is what n8n needs to use it; `query` gives the rows as text, columns separated by |
 */
export async function startPostgres(
	folder: string,
): Promise<Service & { env: Record<string, string>; query: (sql: string) => Promise<string> }> {
	const programs = postgresFolders();
	const [initdb, postgres, isReady, psql] = ['initdb', 'postgres', 'pg_isready', 'psql'].map((name) =>
		findProgram(name, programs),
	);
	const user = unprivilegedUser();
	const data = path.join(folder, 'data');
	const passwordFile = path.join(folder, 'password');
	fs.writeFileSync(passwordFile, PASSWORD);
	if (user) for (const file of [folder, passwordFile]) fs.chownSync(file, user.uid, user.gid);
	execFileSync(
		initdb,
		['--pgdata', data, '--username', USER, '--auth', 'scram-sha-256', '--pwfile', passwordFile, '--no-sync'],
		{ cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8' }, ...user },
	);

	const [port] = await freePorts(1);
	const run = promisify(execFile);
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		// No sockets in shared folders.
		unix_socket_directories: '',
		// Nobody needs this data after a power cut.
		fsync: 'off',
	};
	const service = await startService({
		name: 'postgres',
		program: postgres,
		args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		folder,
		// "Fast" shutdown: does not wait for clients to leave.
		endSignal: 'SIGINT',
		user,
		isReady: () =>
			run(isReady, ['-h', '127.0.0.1', '-p', String(port)]).then(
				() => true,
				() => false,
			),
	});
	const connection = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'postgres'];
	return {
		...service,
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: PASSWORD,
		},
		query: async (sql) =>
			(
				await run(psql, [...connection, '--no-psqlrc', '-At', '-c', sql], {
					cwd: folder,
					maxBuffer: 64 * 1024 * 1024,
					env: { ...process.env, PGPASSWORD: PASSWORD },
				})
			).stdout.trimEnd(),
	};
}
