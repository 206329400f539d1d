'use strict';

const { execFile, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { freePorts } = require('../n8n/ports');
const { findProgram, postgresFolders, unprivilegedUser } = require('./binaries');
const { startService } = require('./service');

const USER = 'n8n';
// Loopback only, and gone with the data folder.
const PASSWORD = 'dummy-password';

/**
 * Starts a private PostgreSQL with an empty database.
 *
 * @param {string} folder An existing empty folder; it becomes the property of the user who runs PostgreSQL
 * @returns {Promise<import('./service').Service & {env: Record<string, string>, query: (sql: string) => Promise<string>}>}
 *   `env` is what n8n needs to use it; `query` gives the rows as text, columns separated by |
 */
async function startPostgres(folder) {
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

module.exports = { startPostgres };
