import { setTimeout as wait } from 'node:timers/promises';

import type { Locator } from 'playwright-core';

import type { Recorder } from './recorder';

const STEPS = 14;
const STEP_MS = 30;

/** Moves the mouse and types as a person does, so that a viewer can follow. */
export class Hand {
	private x = 640;
	private y = 360;

	/** @param recorder whose tab the hand works in */
	constructor(private readonly recorder: Recorder) {}

	/** Moves the pointer onto something. */
	async moveTo(target: Locator): Promise<void> {
		await target.waitFor();
		await target.scrollIntoViewIfNeeded();
		const box = await target.boundingBox();
		if (!box) throw new Error('What the pointer was to move to is gone.');
		// Long fields are clicked near their beginning, where their text is.
		await this.glide(box.x + Math.min(box.width / 2, 90), box.y + box.height / 2);
		await wait(250);
	}

	/** Drags something to the left or right, by pixels. */
	async drag(target: Locator, by: number): Promise<void> {
		await this.moveTo(target);
		await this.recorder.page.mouse.down();
		await this.glide(this.x + by, this.y);
		await this.recorder.page.mouse.up();
		await wait(300);
	}

	async click(target: Locator): Promise<void> {
		await this.press(target, 1);
	}

	async doubleClick(target: Locator): Promise<void> {
		await this.press(target, 2);
	}

	/** Clicks into a field and types. */
	async type(target: Locator, text: string): Promise<void> {
		await this.click(target);
		await target.fill('');
		await target.pressSequentially(text, { delay: 45 });
		await wait(300);
	}

	/** Fills in what is too long to be typed before eyes. */
	async paste(target: Locator, text: string): Promise<void> {
		await this.click(target);
		await target.fill(text);
		await wait(500);
	}

	private async glide(toX: number, toY: number): Promise<void> {
		const [fromX, fromY] = [this.x, this.y];
		for (let step = 1; step <= STEPS; step += 1) {
			// Slow at both ends.
			const part = (1 - Math.cos((Math.PI * step) / STEPS)) / 2;
			this.x = fromX + (toX - fromX) * part;
			this.y = fromY + (toY - fromY) * part;
			await this.recorder.page.mouse.move(this.x, this.y);
			this.recorder.pointer(this.x, this.y);
			await wait(STEP_MS);
		}
	}

	private async press(target: Locator, times: number): Promise<void> {
		await this.moveTo(target);
		this.recorder.pointer(this.x, this.y, true);
		await this.recorder.page.mouse.click(this.x, this.y, { clickCount: times, delay: 60 });
		await wait(200);
		this.recorder.pointer(this.x, this.y);
		await wait(200);
	}
}
