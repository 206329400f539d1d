import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../../scripts/services/postgres';
import type { Instance } from './instance';
import type { Log, LogRow } from './messageLog';

/** The log in a PostgreSQL of its own. */
export function postgresLog(get: () => Instance): Log {
	let folder: string;
	let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
	const query = async (sql: string) => {
		if (!postgres) throw new Error('PostgreSQL was not started');
		return await postgres.query(sql);
	};
	const rowsOf = async (table: string): Promise<LogRow[]> =>
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
