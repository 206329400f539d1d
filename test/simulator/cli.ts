/** `npm run simulate`: builds the package first, since the worlds play what is built. */
import path from 'node:path';
import { prepare } from '../../scripts/prepare';

async function start(): Promise<void> {
	await prepare(path.resolve(__dirname, '../..'));
	// Not earlier: it puts virtual clocks in the place of the real ones.
	const { main } = require('./main') as typeof import('./main');
	await main(process.argv.slice(2));
}

start().catch((error: Error) => {
	console.error(error.stack);
	process.exitCode = 1;
});
