import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { end, endOnSignals, onEnd } from './demo/ending';
import { demoHome, setStage } from './demo/stage';
import { keepBuilt } from './demo/workingCopy';
import { OWNER } from './n8n/client';
import { packageFolder } from './n8n/community';
import { ensureN8n } from './n8n/install';

const ROOT = path.resolve(__dirname, '..');
const HELP = `Usage: npm run dev [-- options]

Starts the n8n of npm start beside the sandbox, compiles on every save, and lets n8n reload the nodes: an open editor shows
the change after some seconds. A node or credential that is new in package.json needs a new start.

Options
  --fresh   forget the n8n of earlier starts: workflows, edits, executions
  --help    this text
`;

async function main() {
	const { values } = parseArgs({ options: { fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
	if (values.help) return void process.stdout.write(HELP);
	const installation = await ensureN8n('main');
	const home = demoHome(ROOT);
	if (values.fresh) fs.rmSync(home, { recursive: true, force: true });
	const { name } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
	onEnd(await keepBuilt(ROOT, packageFolder(home, name)));
	const { sandbox, n8n, workflows } = await setStage({ installation, home, env: { N8N_DEV_RELOAD: 'true' } });
	console.log(`
  Editor  ${n8n.url}/workflow/${workflows.batch.id}
          log in as ${OWNER.email} with password ${OWNER.password}
  Inbox   ${sandbox.url}
  Log     ${n8n.log}

Save a file below nodes/ or credentials/, and n8n reloads it. Ctrl-C ends it all.`);
}

endOnSignals();

main().catch((error) => end(1, `\n${error.message}`));
