import type { Explanation } from './explain';
import { silentSwitches, summaryOf, tableOf } from './table';

/**
 * The whole report. It holds no keys and no numbers: of responses only status, code, message and types (answer.ts).
 * @param about where and when, a line each
 */
export function reportOf(explanation: Explanation, about: readonly string[]): string {
	return [
		'# What the service answered',
		'',
		...about.map((line) => `- ${line}`),
		'',
		...summaryOf(explanation),
		'',
		'## Question by question',
		'',
		...tableOf(explanation.findings),
		'',
		'## What this run could not tell',
		'',
		`Switches of the sandbox: ${silentSwitches(explanation).join(', ')}.`,
		'',
	].join('\n');
}
