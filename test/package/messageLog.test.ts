import fs from 'node:fs';
import path from 'node:path';
import type { ExportedWorkflow } from '../support/n8nTypes';

const read = (file: string) => fs.readFileSync(path.join(__dirname, '../../examples', file), 'utf8');

test("the page of the PostgreSQL log shows the schema that the workflow's node makes", () => {
	const { nodes } = JSON.parse(read('message-log-postgres-reports.json')) as ExportedWorkflow;
	const query = nodes.find(({ name }) => name === 'Make the tables')?.parameters.query;
	expect(query).toBeDefined();
	expect(/```sql\n([^]*?)\n```/.exec(read('message-log-postgres.md'))?.[1]).toBe(query);
});
