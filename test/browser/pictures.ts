/**
 * Puts the pictures of the last run of the browser tests into the documentation. `npm run pictures` takes all of them
 * and then does this; `node scripts/run.js test/browser/pictures.ts birthday-greetings` does it for those with a word in their name.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { MAX_PICTURE_BYTES, readExamples } from '../support/examples';
import { ROOT } from '../support/root';
import {
	ARTIFACTS,
	EXAMPLE_ARTIFACTS,
	INBOX_ARTIFACTS,
	LOG_ARTIFACTS,
	PANEL_ARTIFACTS,
	VERIFICATION_ARTIFACTS,
} from './support/browser';
import { PICTURES, TRIGGER_PICTURE } from './support/showcase';

const MAX_BYTES = 150_000;

/** A canvas has few colors: with a palette its picture has less than half the bytes. */
const TO_PALETTE = `
import sys
from PIL import Image
picture = Image.open(sys.argv[1]).convert('RGB')
picture.quantize(256, method=Image.FASTOCTREE, dither=0).save(sys.argv[2], optimize=True)
`;

function copyWithPalette(from: string, to: string) {
	try {
		execFileSync('/usr/bin/python3', ['-c', TO_PALETTE, from, to], { stdio: ['ignore', 'ignore', 'pipe'] });
	} catch (error) {
		throw new Error('The picture was not made smaller. On Debian or Ubuntu: apt-get install python3-pil', {
			cause: error,
		});
	}
}

/** Where each was taken, where it goes (relative to the repository), and how. */
const pictures = [
	...PICTURES.map((name) => ({
		from: path.join(ARTIFACTS, name),
		to: `docs/images/${name}`,
		copy: fs.copyFileSync,
		limit: MAX_BYTES,
	})),
	{
		from: path.join(INBOX_ARTIFACTS, 'inbox.png'),
		to: 'docs/images/inbox.png',
		copy: fs.copyFileSync,
		limit: MAX_BYTES,
	},
	{
		from: path.join(PANEL_ARTIFACTS, TRIGGER_PICTURE),
		to: `docs/images/${TRIGGER_PICTURE}`,
		copy: fs.copyFileSync,
		limit: MAX_BYTES,
	},
	{
		from: path.join(LOG_ARTIFACTS, 'message-log-table.png'),
		to: 'docs/images/message-log-table.png',
		copy: copyWithPalette,
		limit: MAX_BYTES,
	},
	{
		from: path.join(VERIFICATION_ARTIFACTS, 'verification-page.png'),
		to: 'docs/images/verification-page.png',
		copy: copyWithPalette,
		limit: MAX_BYTES,
	},
	...readExamples().map(({ picture }) => ({
		from: path.join(EXAMPLE_ARTIFACTS, path.basename(picture)),
		to: picture,
		copy: copyWithPalette,
		limit: MAX_PICTURE_BYTES,
	})),
];
const words = process.argv.slice(2);
const wanted = pictures.filter(({ to }) => words.length === 0 || words.some((word) => to.includes(word)));
if (wanted.length === 0) throw new Error(`No picture has ${words.join(' or ')} in its name.`);

for (const { from, to, copy, limit } of wanted) {
	if (!fs.existsSync(from)) throw new Error(`${from} does not exist. Run this first: npm run pictures`);
	const file = path.join(ROOT, to);
	fs.mkdirSync(path.dirname(file), { recursive: true });
	copy(from, file);
	const { size } = fs.statSync(file);
	if (size > limit) throw new Error(`${to} has ${size} bytes; a page loads quickly with at most ${limit}.`);
	console.log(`${to}: ${size} bytes`);
}
