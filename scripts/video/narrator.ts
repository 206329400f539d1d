import { setTimeout as wait } from 'node:timers/promises';

import type { Recorder } from './recorder';
import { readingTime } from './timeline';

/** Says in captions what the video shows. */
export class Narrator {
	private readUntil = 0;

	/** @param tell gets every caption with its time, for the terminal */
	constructor(
		private readonly recorder: Recorder,
		private readonly tell: (line: string) => void,
	) {}

	/** Shows a caption, once the one before could be read. */
	async say(text: string): Promise<void> {
		await this.finish();
		this.recorder.caption(text);
		this.tell(`  [${String(Math.round(this.recorder.seconds)).padStart(3)} s] ${text}`);
		this.readUntil = Date.now() + readingTime(text);
	}

	/** Waits until the caption could be read. */
	async finish(): Promise<void> {
		await wait(Math.max(0, this.readUntil - Date.now()));
	}
}
