import { SETTINGS } from '../../sandbox/settings-table';
import type { Answer } from './answer';
import { tableNote } from './codes';
import type { Explanation, Finding } from './explain';

/** Findings as Markdown, for the terminal and for an issue alike. */

const WORDS = { agrees: 'agrees', differs: '**differs**', open: 'not answered' };

export function summaryOf({ findings, switches }: Explanation): string[] {
	const count = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length;
	return [
		`${findings.length} questions: ${count('agrees')} agree, ${count('differs')} differ, ${count('open')} not answered.`,
		'',
		switches.length === 0
			? 'No switch of the sandbox has to stand elsewhere.'
			: 'Switches of the sandbox that answer like this service:',
		...switches.map((alternatives) => `- ${alternatives.map((text) => `\`${text}\``).join(' or ')}`),
	];
}

/** One line for each question. */
export function tableOf(findings: readonly Finding[]): string[] {
	return [
		'| Question | Result | Answer | Sandbox | Notes |',
		'| --- | --- | --- | --- | --- |',
		...findings.map((finding) => {
			const { step, verdict } = finding;
			const sandbox = verdict === 'agrees' ? '' : sandboxText(finding);
			const cells = [step.title, WORDS[verdict], answerText(step.answer), sandbox, notesOf(finding).join('; ')];
			return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
		}),
	];
}

/** The same for a terminal, with a few lines for each question. */
export function linesOf(findings: readonly Finding[]): string[] {
	return findings.flatMap((finding) => [
		`${finding.verdict === 'open' ? 'not answered' : finding.verdict}: ${finding.step.title}`,
		`    service: ${answerText(finding.step.answer)}`,
		`    sandbox: ${sandboxText(finding)}`,
		...notesOf(finding).map((note) => `    ${note}`),
	]);
}

const sandboxText = ({ expected }: Finding) => (expected ? answerText(expected.answer) : 'was not asked');

function notesOf({ step, verdict, reason, switches }: Finding): string[] {
	return [
		reason ?? '',
		...switches.map((text) => `the sandbox says the same with ${text}`),
		verdict === 'differs' && switches.length === 0 ? 'no switch of the sandbox says this' : '',
		tableNote(step.answer) ?? '',
		step.answer.headers.length === 0 ? '' : `headers: ${step.answer.headers.join(', ')}`,
	].filter((note) => note !== '');
}

function answerText({ status, code, message, shape }: Answer): string {
	if (status === undefined) return shape;
	if (code === undefined) return `${status} \`${shape}\``;
	const rest = shape.startsWith('{"error":') ? '' : ` \`${shape}\``;
	return `${status} ${code} ${message}${rest}`;
}

/** Switches that this run could not tell, with what they are about. */
export function silentSwitches({ telling }: Explanation): string[] {
	return Object.keys(SETTINGS).filter((name) => !telling.has(name));
}
