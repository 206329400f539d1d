/** The simulator's command line; `npm run simulate`, see README.md. */
import './clock/install';
import { path, print, ROOT, setExitCode } from './host';
import { huntBreaks } from './breakHunt';
import { hunt, report } from './hunt';
import { runKept } from './kept';
import { modulesOf } from './process/modules';
import { play, warmUp } from './play';
import { readWorld } from './worldFile';
import { generate } from './world/generate';
import type { World } from './world/types';

const HELP = `npm run simulate -- [options]
  --seconds N   how long to hunt (60)
  --seed N      the first seed; alone: that world, with all that happens in it
  --count N     worlds at most
  --file F      the world of a file, with all that happens in it
  --kept        the worlds of npm test, results as JSON (--reverse: in the other order)
  --breaks      breaks the package on purpose: which breaks are found (--only WORDS: those with these words)
  --out F       folder for the worlds of finds (artifacts/worlds)`;

/** @param args what stands behind the command */
export async function main(args: readonly string[]): Promise<void> {
	const value = (name: string) => {
		const position = args.indexOf(`--${name}`);
		return position === -1 ? undefined : args[position + 1];
	};
	const has = (name: string) => args.includes(`--${name}`);
	if (has('help')) return print(HELP);
	if (has('breaks')) return await huntBreaks(Number(value('seed') ?? 1), value('only'));
	const modules = modulesOf();
	await warmUp(modules);
	const file = value('file');
	const seed = value('seed');
	if (file !== undefined) return await show(readWorld(path.resolve(file)).world);
	if (has('kept')) return await runKept(modules, has('reverse'));
	if (seed !== undefined && !has('seconds') && !has('count')) return await show(generate(Number(seed)));

	const got = await hunt(
		{
			from: Number(seed ?? 1),
			seconds: Number(value('seconds') ?? 60),
			count: has('count') ? Number(value('count')) : undefined,
			folder: path.resolve(value('out') ?? path.join(ROOT, 'artifacts/worlds')),
		},
		modules,
	);
	report(got);
	if (got.finds.size > 0) setExitCode(1);

	async function show(world: World): Promise<void> {
		const { history, violations, exempted } = await play(world, modules);
		print(JSON.stringify(world, null, 2));
		for (const line of history.trace) print(line);
		for (const { execution, process, result } of history.runs) {
			for (const { node, run, outputs, error } of result?.turns ?? []) {
				const rows = JSON.stringify(outputs.map((items) => items.map(({ json }) => json)));
				print(`-- ${execution} p${process} ${node} ${run}: ${error ?? ''} ${rows}`.slice(0, 1200));
			}
			if (result?.error) print(`-- ${execution} p${process} error: ${JSON.stringify(result.error)}`);
		}
		const ledger = history.service.ledger.map(({ execution, phone, id }) => `${execution}:${phone}:${id}`);
		print(`ledger ${ledger.join(' ')}`);
		print(`exempted ${JSON.stringify(exempted)}`);
		for (const { law, kind, text } of violations) print(`law ${law} ${kind}: ${text}`);
		print(`${violations.length} violations`);
		if (violations.length > 0) setExitCode(1);
	}
}
