import type { CDPSession, Page } from 'playwright-core';

import type { Take } from './timeline';

/** Of the JPEG pictures, in percent. */
const QUALITY = 90;

/** Records what is seen in a browser, with captions and the pointer, from `start` to `stop`. */
export class Recorder {
	private readonly take: Take = { begin: 0, end: 0, frames: [], captions: [], pointer: [] };
	private session?: CDPSession;

	/** @param page the tab that is seen first */
	constructor(public page: Page) {}

	async start(): Promise<void> {
		await this.show(this.page);
		this.take.begin = this.take.frames[0].at;
	}

	/** Turns to another tab. */
	async show(page: Page): Promise<void> {
		await this.endSession();
		this.page = page;
		await page.bringToFront();
		const jpeg = await page.screenshot({ type: 'jpeg', quality: QUALITY });
		this.take.frames.push({ at: Date.now(), jpeg: jpeg.toString('base64') });
		const session = await page.context().newCDPSession(page);
		session.on('Page.screencastFrame', ({ data, sessionId }) => {
			this.take.frames.push({ at: Date.now(), jpeg: data });
			// After the end of the session there is nobody who listens.
			void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
		});
		await session.send('Page.startScreencast', { format: 'jpeg', quality: QUALITY, everyNthFrame: 1 });
		this.session = session;
	}

	/** Seconds since the beginning. */
	get seconds(): number {
		return (Date.now() - this.take.begin) / 1000;
	}

	caption(text: string): void {
		this.take.captions.push({ at: Date.now(), text });
	}

	/** Where the pointer is now, in pixels of the page. */
	pointer(x: number, y: number, pressed = false): void {
		this.take.pointer.push({ at: Date.now(), x, y, pressed });
	}

	async stop(): Promise<Take> {
		await this.endSession();
		this.take.end = Date.now();
		return this.take;
	}

	private async endSession(): Promise<void> {
		await this.session?.send('Page.stopScreencast');
		await this.session?.detach();
		this.session = undefined;
	}
}
