/**
 * `npm run clip`: records the moving picture of the README: one batch and its three outputs, in a real n8n beside the sandbox.
 * It is an animated WebP, because GitHub shows that within a page, which it does not do with a video of the repository.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { byId } from '../../test/browser/support/editor';
import { LOST_ANSWER, showcase } from '../../test/browser/support/people';
import { startStage } from '../../test/browser/support/stage';
import { ROOT } from '../../test/support/root';
import { prepare } from '../prepare';
import { paint } from './encode';
import { Hand } from './hand';
import { Narrator } from './narrator';
import { runProgram } from './program';
import { Recorder } from './recorder';
import { picturesOf } from './timeline';

const FILE = path.join(ROOT, 'docs', 'images', 'batch.webp');
const MAX_BYTES = 3_000_000;
/** A page shows it about 830 pixels wide: letters have to be legible then. */
const PAGE = { width: 1080, height: 600 };
const CAPTION_HEIGHT = 44;
/** The last picture stays this long before it begins again. */
const LAST_MS = 3_000;

/** WHY lossless: with losses, traces of a message that was closed stay on the canvas. Only what changes is stored, so it is small anyway. */
const TO_WEBP = `
import json, sys
from PIL import Image
frames = json.load(open(sys.argv[1]))
pictures = [Image.open(frame['file']).convert('RGB') for frame in frames]
pictures[0].save(sys.argv[2], save_all=True, append_images=pictures[1:], duration=[frame['ms'] for frame in frames],
    loop=0, lossless=True, quality=60, method=4, kmin=100000, kmax=1000000)
`;

async function main(): Promise<void> {
	await prepare(ROOT);
	console.log('Starting n8n, the sandbox and a browser ...');
	const stage = await startStage({ viewport: PAGE, colorScheme: 'light' });
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-clip-'));
	try {
		const { instance, page, editor, panel } = stage;
		const { id } = await instance.client.createWorkflow(showcase(instance.credentials));
		await editor.logIn();
		await editor.openWorkflow(id);
		// n8n's shortcuts to the next nodes cover the edge of the table.
		await page.addStyleTag({ content: `${byId('floating-nodes')} { visibility: hidden; }` });
		await page.click(byId('zoom-to-fit'));
		await page.waitForTimeout(1_500);

		instance.sandbox.fault(LOST_ANSWER);
		const recorder = new Recorder(page);
		const hand = new Hand(recorder);
		const narrator = new Narrator(recorder, console.log);
		await recorder.start();
		await narrator.say('One run sends to seven customers.');
		await hand.click(page.locator(byId('execute-workflow-button')));
		await editor.node('Check later').locator(byId('canvas-node-status-success')).waitFor();
		await editor.dismissToasts();
		await narrator.say('Every customer is on one of three outputs: Sent, Failed or Unknown.');
		await narrator.finish();
		await hand.doubleClick(editor.node('Send the batch'));
		await page.locator(byId('node-parameters')).waitFor();
		await hand.drag(page.locator(byId('panel-drag-button')), -240);
		await narrator.say('Sent: JSMS accepted these four.');
		await hand.click(panel.output.locator(byId('tab-0')));
		await narrator.finish();
		await hand.click(panel.output.locator(byId('tab-1')));
		await narrator.say('Failed: not sent. Each row says why, and what to do.');
		await narrator.finish();
		await hand.click(panel.output.locator(byId('tab-2')));
		await narrator.say('Unknown: the response was lost. It is never sent again automatically.');
		await narrator.finish();
		const take = await recorder.stop();

		const pictures = picturesOf(take);
		const frames = (
			await paint(page.context(), take, { ...PAGE, height: PAGE.height + CAPTION_HEIGHT, pageHeight: PAGE.height })
		).map((png, index) => {
			const file = path.join(folder, `${index}.png`);
			fs.writeFileSync(file, png);
			return { file, ms: (pictures[index + 1]?.at ?? pictures[index].at + LAST_MS) - pictures[index].at };
		});
		const list = path.join(folder, 'frames.json');
		fs.writeFileSync(list, JSON.stringify(frames));
		try {
			execFileSync('/usr/bin/python3', ['-c', TO_WEBP, list, FILE], { stdio: ['ignore', 'ignore', 'pipe'] });
		} catch (error) {
			throw new Error('The pictures were not put together. On Debian or Ubuntu: apt-get install python3-pil', {
				cause: error,
			});
		}
		const { size } = fs.statSync(FILE);
		if (size > MAX_BYTES) throw new Error(`${path.relative(ROOT, FILE)} has ${size} bytes; ${MAX_BYTES} are allowed.`);
		const seconds = Math.round((take.end - take.begin) / 1000);
		console.log(`${path.relative(ROOT, FILE)}: ${size} bytes, ${frames.length} pictures, ${seconds} s`);
	} finally {
		fs.rmSync(folder, { recursive: true, force: true });
		await stage.close();
	}
}

runProgram(main);
