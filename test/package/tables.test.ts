import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesWithTables } from '../../scripts/docs/write';
import { ROOT } from '../support/root';

test.each(pagesWithTables().map(({ file, text }) => [file, text]))(
	'the tables in %s say what the code and the newest benchmark say (fix with: npm run docs)',
	(file, text) => expect(readFileSync(join(ROOT, file), 'utf8')).toBe(text),
);
