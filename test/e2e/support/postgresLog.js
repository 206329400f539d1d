'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { startPostgres } = require('../../../scripts/services/postgres');

/** The log in a PostgreSQL of its own. @param {() => import('./instance').Instance} get @returns {import('./messageLog').Log} */
function postgresLog(get) {
	/** @type {string} */
	let folder;
	/** @type {Awaited<ReturnType<typeof startPostgres>> | undefined} */
	let postgres;
	const query = (sql) => postgres.query(sql);
	const rowsOf = async (table) =>
		JSON.parse(await query(`SELECT coalesce(json_agg(t), '[]') FROM (SELECT * FROM ${table} ORDER BY 1) AS t`));
	return {
		send: 'examples/message-log-postgres-send.json',
		reports: 'examples/message-log-postgres-reports.json',
		start: async () => {
			folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-log-'));
			postgres = await startPostgres(folder);
			const { env } = postgres;
			const data = {
				host: env.DB_POSTGRESDB_HOST,
				port: Number(env.DB_POSTGRESDB_PORT),
				database: env.DB_POSTGRESDB_DATABASE,
				user: env.DB_POSTGRESDB_USER,
				password: env.DB_POSTGRESDB_PASSWORD,
				ssl: 'disable',
				sshTunnel: false,
			};
			return { postgres: await get().client.createCredential({ name: 'Message log', type: 'postgres', data }) };
		},
		rows: () => rowsOf('jsms_messages'),
		left: () => rowsOf('jsms_reports WHERE log_id IS NULL'),
		change: async ({ id }, data) => {
			const set = Object.entries(data).map(
				([column, value]) => `${column} = ${value === null ? 'NULL' : `'${value}'`}`,
			);
			await query(`UPDATE jsms_messages SET ${set.join(', ')} WHERE id = ${id}`);
		},
		clear: () => query('DROP TABLE jsms_messages, jsms_reports'),
		end: async () => {
			await postgres?.stop();
			if (folder) fs.rmSync(folder, { recursive: true, force: true });
		},
	};
}

module.exports = { postgresLog };
