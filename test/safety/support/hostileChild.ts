/**
 * Runs in a process of its own, so that its memory is the node's: `hostileChild.ts <base URL> <control URL>`.
 * Plays hostile answers one after the other and prints a line of JSON for each.
 */
import { errorOf, hintsOf, outputsOf, takeLogs } from '../../support/engine';
import { JSMS, jsmsAt } from '../../support/jsms';
import { CASES, OPERATIONS, type Operation, type Played } from './hostileCases';

const [baseUrl, control] = process.argv.slice(2);
const node = jsmsAt(baseUrl);

async function tell(path: string, body: object = {}) {
	const response = await fetch(`${control}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(await response.text());
}

const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);

async function play(name: string, fault: object, operation: Operation): Promise<Played> {
	await tell('/_sandbox/reset');
	await tell('/_sandbox/faults', fault);
	const started = Date.now();
	const { parameters, items } = OPERATIONS[operation];
	const run = await node.runNode(parameters, items, { onError: 'continueRegularOutput', run: { workflowId: '' } });
	const ms = Date.now() - started;
	// n8n writes what a run leaves behind to its database as text.
	const saved = JSON.stringify(run.data.resultData).length;
	takeLogs();
	const outputs = outputsOf(run, JSMS);
	return {
		name,
		operation,
		ms,
		peak: megabytes(),
		saved,
		error: errorOf(run)?.message,
		rows: outputs.flat().length,
		first: JSON.stringify(outputs.flat()[0]?.json).slice(0, 600),
		hints: hintsOf(run, JSMS).map(({ message }) => message.slice(0, 500)),
		polluted: 'polluted' in {},
	};
}

process.on('unhandledRejection', (error) => {
	console.error('unhandled', error);
	process.exit(3);
});

const operations = Object.keys(OPERATIONS) as Operation[];

(async () => {
	// What the engine itself needs is not the matter here.
	for (const operation of operations) await play('warm-up', { kind: 'delay', ms: 0 }, operation);
	console.log(JSON.stringify({ name: 'start', peak: megabytes() }));
	for (const [name, fault] of Object.entries(CASES)) {
		for (const operation of operations) console.log(JSON.stringify(await play(name, fault, operation)));
	}
	process.exit();
})().catch((error) => {
	console.error(error);
	process.exit(1);
});
