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
