import Table from 'cli-table3';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Execution } from '../n8n/client';

type Row = { mobile: string; status: string; msg_id?: string; error_message?: string; error_hint?: string };

const RESULTS = ['sent', 'failed', 'unknown'];

/**
 * What came of the batch, one row per person, in the order of the list.
 * @param execution Of the sample batch workflow
 */
export function readRows(
	execution: Execution,
): Array<{ name: string; mobile: string; result: string; reason: string; hint: string }> {
	const people = execution.json<{ name?: string }>('One item per person');
	return RESULTS.flatMap((_, output) => execution.items<Row>('Send the batch', output))
		.map(({ json, pairedItem }) => ({ json, person: personOf(pairedItem) }))
		.sort((a, b) => a.person - b.person)
		.map(({ json, person }) => ({
			name: people[person]?.name ?? '',
			mobile: json.mobile,
			result: json.status,
			reason: json.error_message ?? '',
			hint: json.error_hint ?? '',
		}));
}

function personOf(pairedItem: INodeExecutionData['pairedItem']) {
	const [first] = [pairedItem].flat();
	return typeof first === 'object' ? first.item : (first ?? 0);
}

/** @param width Columns of the terminal */
export function renderTable(rows: ReturnType<typeof readRows>, width = 120) {
	const fixed = [13, 20, 9];
	const rest = Math.max(50, Math.min(width, 150) - fixed.reduce((sum, one) => sum + one, 0) - 6);
	const table = new Table({
		head: ['Name', 'Mobile', 'Result', 'Reason', 'What to do'],
		colWidths: [...fixed, Math.floor(rest * 0.45), Math.ceil(rest * 0.55)],
		wordWrap: true,
		style: { head: [], border: [], compact: true },
	});
	for (const { name, mobile, result, reason, hint } of rows) table.push([name, mobile, result, reason, hint]);
	return table.toString();
}

export function summarize(rows: ReturnType<typeof readRows>) {
	const count = (result: string) => rows.filter((row) => row.result === result).length;
	return `${rows.length} people: ${RESULTS.map((result) => `${count(result)} ${result}`).join(', ')}.`;
}

/**
 * Compares what the workflow reports with what the sandbox accepted: a demo that miscounts must not look fine.
 * @returns What does not fit, as sentences
 */
export function findContradictions(execution: Execution, ledger: Array<{ mobile: string; msg_id: string }>): string[] {
	const people = execution.json('One item per person').length;
	const rows = RESULTS.map((_, output) => execution.json<Row>('Send the batch', output));
	const sent = new Set(rows[0].map((row) => row.msg_id));
	const problems: string[] = [];
	if (execution.status !== 'success') problems.push(`The execution ended as "${execution.status}".`);
	if (people === 0) problems.push('The contact list gave no items.');
	if (rows.flat().length !== people) problems.push(`${people} people went in, ${rows.flat().length} rows came out.`);
	if (rows[0].length === 0) problems.push('Nothing was sent.');
	const accepted = ledger.filter((entry) => sent.has(String(entry.msg_id)));
	if (accepted.length !== rows[0].length || ledger.length !== rows[0].length + rows[2].length) {
		problems.push(`The node reports ${rows[0].length} sent, the sandbox accepted ${ledger.length}.`);
	}
	return problems;
}
