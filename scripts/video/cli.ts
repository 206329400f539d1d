/**
 * `npm run video`: records the video that n8n asks for when it verifies a community package. One take, from the list of
 * installed packages to a verified number, in a real n8n beside the sandbox.
 */
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { emptyFolder } from '../../test/browser/support/browser';
import type { Stage } from '../../test/browser/support/stage';
import { ROOT } from '../../test/support/root';
import { withProgress } from '../n8n/progress';
import { prepare } from '../prepare';
import { encode } from './encode';
import { Hand } from './hand';
import { Narrator } from './narrator';
import { runProgram } from './program';
import { Recorder } from './recorder';
import { batch } from './scenes/batch';
import { credential } from './scenes/credential';
import { install } from './scenes/install';
import type { Scene } from './scenes/scene';
import { trigger } from './scenes/trigger';
import { verification } from './scenes/verification';
import { setStage } from './stage';
import type { Take } from './timeline';

const FOLDER = path.join(ROOT, 'artifacts', 'video');
const FILE = path.join(FOLDER, 'n8n-nodes-jsms.webm');
const MAX_BYTES = 30_000_000;
const SCENES: Scene[] = [install, credential, batch, trigger, verification];

async function record(stage: Stage): Promise<Take> {
	const recorder = new Recorder(stage.page);
	const set = {
		...stage,
		narrator: new Narrator(recorder, console.log),
		recorder,
		hand: new Hand(recorder),
	};
	await recorder.start();
	for (const scene of SCENES) {
		try {
			await scene.play(set);
		} catch (error) {
			const picture = path.join(FOLDER, 'failed.png');
			await recorder.page.screenshot({ path: picture }).catch(() => undefined);
			const reason = stripVTControlCharacters(error instanceof Error ? error.message : String(error)).trim();
			throw new Error(`No video: ${scene.name} failed. ${picture} shows the page at that moment.\n${reason}`);
		}
	}
	return recorder.stop();
}

async function main(): Promise<void> {
	emptyFolder(FOLDER);
	await prepare(ROOT);
	console.log('Starting n8n, the sandbox and a browser ...');
	const stage = await setStage();
	try {
		const take = await record(stage);
		// Encoding needs the whole machine.
		await stage.instance.close();
		let done = '';
		const video = await withProgress(
			'Encoding',
			() => done,
			() => encode(stage.page.context(), take, (text) => (done = text)),
		);
		if (video.length > MAX_BYTES) {
			throw new Error(`The video has ${megabytes(video)}; n8n takes 30 MB. Lower BITRATE in scripts/video/encode.ts.`);
		}
		fs.writeFileSync(FILE, video);
		const seconds = Math.round((take.end - take.begin) / 1000);
		console.log(`${path.relative(ROOT, FILE)}: ${megabytes(video)}, ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
	} finally {
		await stage.close();
	}
}

function megabytes({ length }: Buffer): string {
	return `${(length / 1_000_000).toFixed(1)} MB`;
}

runProgram(main);
