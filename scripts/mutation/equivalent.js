'use strict';

/**
 * Mutants that no test can notice, because they behave like the code they replace.
 *
 * `text` is the line of the source, `becomes` what the mutant puts in (left out: whatever it puts in).
 *
 * @type {Array<{ file: string, text: string, becomes?: string, reason: string }>}
 */
const EQUIVALENT = [
	{
		file: 'nodes/JSms/api/baseUrl.ts',
		text: 'const [, scheme, authority, path, rest] = ADDRESS.exec(text) ?? [];',
		becomes: '["Stryker was here"]',
		reason: 'Only what stands behind the first place is read.',
	},
	{
		file: 'nodes/JSms/api/apiError.ts',
		text: 'const raw: JsonObject = { message, ...(code !== undefined && { code }) };',
		becomes: 'true',
		reason: 'For n8n a code that is `undefined` is none.',
	},
	{
		file: 'nodes/JSms/api/baseUrl.ts',
		text: "if (scheme === undefined || (rest !== '' && !/^[?#]/.test(rest)) || !URL.canParse(text)) {",
		becomes: 'false',
		reason: 'Where nothing was found, the rest is `undefined` as well, and the second condition says the same.',
	},
	{
		file: 'nodes/JSms/api/errorCodes.ts',
		text: "return typeof code === 'number' && Number.isInteger(code) ? code : undefined;",
		becomes: 'true',
		reason: 'Nothing but a number is an integer; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: "export function classify(exchange: Exchange, expects: Expectation = 'json'): Outcome {",
		becomes: '""',
		reason: 'What is neither `empty` nor `list` is judged as `json`.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: "if (code !== undefined) return { class: 'refused', ...describeRefusal(code, readText(error?.message), status) };",
		becomes: 'error.message',
		reason: 'Where there is a code there is an error that holds it; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Leaving out `return undefined` returns the same.',
	},
	{
		file: 'nodes/JSms/api/request.ts',
		text: "deadline.removeEventListener('abort', expire);",
		becomes: '""',
		reason: 'What has come stays; the listener that is taken off could do nothing any more.',
	},
	{
		file: 'nodes/JSms/api/request.ts',
		text: "kind: 'answer',",
		becomes: '""',
		reason: 'Whatever is no failure is judged as an answer.',
	},
	...[
		"return Object.assign(new Error('no complete answer in time'), { code: 'ETIMEDOUT' });",
		"if (!isRecord(response)) return { kind: 'failure', code: 'NO_ANSWER', message: 'n8n returned no answer' };",
	].map((text) => ({
		file: 'nodes/JSms/api/request.ts',
		text,
		becomes: '""',
		reason: 'These words are shown nowhere; they are only searched for those of a failed connection.',
	})),
	{
		file: 'nodes/JSms/execute/admit.ts',
		text: "crashedTry: CrashedTry | Promise<CrashedTry> = 'none',",
		becomes: '""',
		reason: 'Only `changed` makes a difference here.',
	},
	{
		file: 'nodes/JSms/execute/balance.ts',
		text: 'let [keyed, replaces] = [false, false];',
		becomes: '[]',
		reason: 'Both are only asked whether they are true.',
	},
	{
		file: 'nodes/JSms/execute/balance.ts',
		text: "if (outcome.class === 'refused' && outcome.code === NO_QUOTA) {",
		becomes: 'true',
		reason: 'No other outcome has this code; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: 'if (twice.size === 0) return;',
		becomes: 'false',
		reason: 'A short cut: the long way finds nothing to reject.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: "if ('problem' in entry || entry.shared.scheduleId === undefined || !twice.has(entry.shared.scheduleId)) return;",
		becomes: 'false',
		reason: 'No schedule without ID is written twice; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Spreading nothing adds nothing, as spreading an empty object does.',
	},
	{
		file: 'nodes/JSms/batch/family.ts',
		text: 'await note?.();',
		becomes: 'note()',
		reason: 'Calling nothing throws, and whatever is thrown here is ignored.',
	},
	{
		file: 'nodes/JSms/batch/match.ts',
		text: 'if (mobile === undefined || !asked.has(mobile)) invented += 1;',
		becomes: 'false',
		reason: 'Nobody has asked for `undefined`: the second condition says the same.',
	},
	...['false', '{}'].map((becomes) => ({
		file: 'nodes/JSms/batch/match.ts',
		text: 'if (indexes.length === 1 && rows.length === 1) {',
		becomes,
		reason: 'A short cut: the long way gives one message and one line the same result.',
	})),
	{
		file: 'nodes/JSms/batch/matchFailures.ts',
		text: 'for (const [mobile, rows] of byMobile) leftOver += assignFailures(recipients, asked.get(mobile) ?? [], rows, results);',
		becomes: '["Stryker was here"]',
		reason: 'Only numbers that were asked for are in this list; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/batch/plan.ts',
		text: 'if (entry.shared !== last?.shared) {',
		becomes: 'true',
		reason: 'A short cut: the same values have the same key, and with it the same group.',
	},
	{
		file: 'nodes/JSms/batch/rows.ts',
		text: "const shared = 'problem' in entry ? undefined : entry.shared;",
		becomes: '""',
		reason: 'A line that was refused has no `shared`, so reading it gives `undefined`, too.',
	},
	{
		file: 'nodes/JSms/batch/run.ts',
		text: 'private readonly closing: Array<Promise<void>> = [];',
		reason: 'Waiting for all of a list takes no notice of what is no promise.',
	},
	...['recipients', 'refused'].map((list) => ({
		file: 'nodes/JSms/batch/run.ts',
		text: {
			recipients: 'await quietly(async () => await release?.(recipients));',
			refused: 'if (refused.length > 0) await quietly(async () => await release?.(refused));',
		}[list],
		becomes: `release(${list})`,
		reason: 'Calling nothing throws, and `quietly` ignores whatever is thrown.',
	})),
	{
		file: 'nodes/JSms/batch/run.ts',
		text: "const refused = recipients.filter((_, index) => this.results[request.positions[index]]?.status === 'failed');",
		becomes: 'this.results[request.positions[index]].status',
		reason: 'Everybody of an accepted request has a result by then; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/batch/run.ts',
		text: 'this.settings.onInventedRows?.(count);',
		becomes: 'this.settings.onInventedRows(count)',
		reason: 'Calling nothing throws, and whatever is thrown here is ignored.',
	},
];

module.exports = { EQUIVALENT };
