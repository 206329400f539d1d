import fs from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';

import { version } from '../../package.json';
import { checkService } from './check';
import { readOptions, USAGE } from './options';
import { reportOf } from './report';
import { linesOf, summaryOf } from './table';

const REPORT = 'check-service-report.md';
const OTHERS = 'check-service-other-reports.jsonl';

async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return await terminal.question(question);
	} finally {
		terminal.close();
	}
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (!options) return console.log(USAGE);
	const { host } = new URL(options.service.baseUrl);
	console.log(
		`Asking ${host}; this takes about a minute. Nothing is sent${options.sendTo ? ' before you confirm it' : ''}.`,
	);
	const explanation = await checkService(options, {
		...(process.stdin.isTTY && { ask }),
		tell: console.log,
		keep(records) {
			fs.appendFileSync(OTHERS, records.map((record) => `${JSON.stringify(record)}\n`).join(''), { mode: 0o600 });
			console.log(
				`${records.length} reports of other messages were read; they are in ${OTHERS}, with numbers: keep it.`,
			);
		},
		pause: (ms) => wait(ms),
		now: Date.now(),
	});
	const telling = explanation.findings.filter(({ verdict }) => verdict !== 'agrees');
	console.log(['', ...(telling.length === 0 ? [] : linesOf(telling)), '', ...summaryOf(explanation), ''].join('\n'));
	if (!options.write) return console.log('With --write all of it is saved as a report for an issue.');
	const about = [
		`Asked: ${host}, ${new Date().toISOString().slice(0, 10)}${options.service.developer ? '' : ', without developer keys'}`,
		`n8n-nodes-jsms ${version}, Node.js ${process.version}`,
	];
	fs.writeFileSync(REPORT, reportOf(explanation, about));
	console.log(`The report is in ${REPORT}. It holds no keys and no numbers; attach it to an issue.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
