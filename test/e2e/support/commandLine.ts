import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { IRun } from 'n8n-workflow';
import { runCli } from '../../../scripts/n8n/cli';
import type { Instance } from './instance';
import { KEYS } from '../../support/keys';
import { JSMS, jsmsWorkflow } from './workflows';

const CREDENTIAL = { id: 'examplecredential', name: 'JSms sandbox' };

/** n8n's own commands, without a server. */
export function describeCommandLine(get: () => Instance) {
	test('n8n’s command line imports a credential and a workflow, and runs it', async () => {
		const { installation, sandbox, packageFolder } = get();
		sandbox.reset();
		const userFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-e2e-cli-'));
		try {
			const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
			fs.cpSync(packageFolder, path.join(modules, path.basename(packageFolder)), { recursive: true });
			const run = async (...args: string[]) => {
				const { code, output } = await runCli({ installation, userFolder, args });
				if (code !== 0) throw new Error(`n8n ${args.join(' ')} ended with ${code}:\n${output}`);
				return output;
			};
			const file = (name: string, content: unknown) => {
				fs.writeFileSync(path.join(userFolder, name), JSON.stringify(content));
				return `--input=${path.join(userFolder, name)}`;
			};
			const workflow = jsmsWorkflow(
				get(),
				{
					resource: 'message',
					operation: 'sendBatch',
					recipientsFrom: 'list',
					recipients: '[{"mobile":"13800005101","temp_para":{"number":"1"}}]',
					templateId: 1250,
				},
				{ credentials: { jSmsApi: CREDENTIAL } },
			);
			await run(
				'import:credentials',
				file('c.json', [{ ...CREDENTIAL, type: 'jSmsApi', data: { ...KEYS, baseUrl: sandbox.baseUrl } }]),
			);
			await run('import:workflow', file('w.json', [{ ...workflow, id: 'exampleworkflow', active: false }]));
			const output = await run('execute', '--id=exampleworkflow', '--rawOutput');
			const { data } = JSON.parse(output.slice(output.indexOf('\n{') + 1, output.lastIndexOf('}') + 1)) as IRun;
			expect(data.resultData.runData[JSMS][0].data?.main[0]?.map(({ json }) => json)).toEqual([
				expect.objectContaining({ status: 'sent', mobile: '13800005101', msg_id: sandbox.ledger[0].msg_id }),
			]);
		} finally {
			fs.rmSync(userFolder, { recursive: true, force: true });
		}
	});
}
