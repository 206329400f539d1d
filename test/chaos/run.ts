/**
 * `npm run test:chaos [-- --seed N] [-- --small] [-- --logs folder]`: a campaign while everything around it breaks, and
 * the account afterwards. docs/queue-mode.md tells what it shows.
 */
import { parseArgs } from 'node:util';
import { prepare } from '../../scripts/prepare';
import { SIZES } from './sizes';
import { ROOT } from '../support/root';
import { runChecks } from '../support/runChecks';

async function main() {
	const { values } = parseArgs({
		options: { seed: { type: 'string' }, small: { type: 'boolean' }, logs: { type: 'string' } },
	});
	const seed = values.seed === undefined ? Math.floor(Math.random() * 100_000) : Number(values.seed);
	if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed takes a whole number from 0.');
	const size = values.small ? SIZES.small : SIZES.big;
	console.log(`Chaos: ${(size.executions * size.people).toLocaleString('en')} recipients, seed ${seed}`);
	await prepare(ROOT);
	// Only now: on a bare clone the packages it needs were not there before.
	const { runChaos } = require('./chaos') as typeof import('./chaos');
	return await runChaos(size, seed, values.logs);
}

runChecks('chaos', main);
