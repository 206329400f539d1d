import type { Cell, Settings } from './cell';

/** The settings of a node that decide what a failure does: the columns of the tables. */
export const SETTINGS: Array<Settings & { title: string }> = [
	{ title: 'stop', onError: 'stopWorkflow', retryOnFail: false },
	{ title: 'stop, retry', onError: 'stopWorkflow', retryOnFail: true },
	{ title: 'continue', onError: 'continueRegularOutput', retryOnFail: false },
	{ title: 'continue, retry', onError: 'continueRegularOutput', retryOnFail: true },
	{ title: 'error output', onError: 'continueErrorOutput', retryOnFail: false },
	{ title: 'error output, retry', onError: 'continueErrorOutput', retryOnFail: true },
];

const INTRODUCTION = `# Fault matrix

Written by \`npm run fault-matrix\`: the node in n8n's real engine, against the [sandbox](../sandbox/README.md), which keeps a ledger of every message
it accepted. Every fault × every operation × every setting of *On Error* × *Retry On Fail* off and on (two tries).

Each fault meets the **first request** only; "connection refused" and "name not found" meet all. Single operations have three items (an operation
without input: one), batches five recipients in requests of two. The faults are described in the sandbox's README; after "accepted" the service
had taken the messages in although the answer was lost.

A cell reads \`sent/failed/unknown\` as the node reports it, then what really happened: \`L\` messages in the ledger, \`R\` requests.
**✗** means that the workflow stopped; what the error says of the items is counted. For reads and checks "sent" stands for a result.

What to look for: \`L\` is never below *sent* and never above *sent* + *unknown*. Checked number by number, not only in sum.
`;

/** One operation; a row for each fault, with a cell for each of the settings. */
export interface Table {
	title: string;
	rows: Array<{ name: string; cells: Cell[] }>;
}

export function toPage(tables: Table[]) {
	return [INTRODUCTION, `**${summaryOf(tables)}**\n`, ...tables.map(toTable)].join('\n');
}

export function summaryOf(tables: Table[]) {
	const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
	const bad = cells.filter(({ violations }) => violations.length > 0).length;
	return `${cells.length} cells: ${bad === 0 ? 'no double send, no lost row' : `${bad} WITH A DOUBLE SEND OR A LOST ROW`}.`;
}

export function toTable({ title, rows }: Table) {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [
		`## ${title}\n`,
		line(['fault', ...SETTINGS.map((setting) => setting.title)]),
		line(['---', ...SETTINGS.map(() => '---')]),
		...rows.map(({ name, cells }) => line([name, ...cells.map(toText)])),
		'',
	].join('\n');
}

function toText({ sent, failed, unknown, thrown, accepted, requests, violations }: Cell) {
	const text = `${thrown ? '✗ ' : ''}${sent}/${failed}/${unknown} L${accepted} R${requests}`;
	return violations.length > 0 ? `**${text} ${violations.join(', ')}**` : text;
}
