import path from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';

import type { Drawing, Encoded, Format, Studio } from './drawing';
import { PAGE, VIDEO } from './size';
import { picturesOf, type Picture, type Take } from './timeline';
import { webmOf } from './webm';

/** Answered here; the browser offers its encoders to pages of this machine only. */
const STUDIO = 'http://localhost/studio';
const CODEC = { browser: 'vp09.00.31.08', webm: 'V_VP9' } as const;
const BITRATE = 1_500_000;
const KEY_EVERY_MS = 5_000;
/** Pictures that go to the page in one call. */
const AT_ONCE = 24;

type StudioPage = typeof globalThis & { studio: Studio };

/**
 * Makes the video of a take, with the encoder of the browser.
 * @param tell is told how far it is
 * @returns the bytes of a WebM file
 */
export async function encode(context: BrowserContext, take: Take, tell: (text: string) => void): Promise<Buffer> {
	const page = await openStudio(context);
	const { width, height, pageHeight } = VIDEO;
	await page.evaluate((format) => (globalThis as StudioPage).studio.setUp(format), {
		codec: CODEC.browser,
		bitrate: BITRATE,
		width,
		height,
		pageHeight,
		scale: width / PAGE.width,
	});
	const drawings = drawingsOf(picturesOf(take), take);
	const encoded: Encoded[] = [];
	for (let done = 0; done < drawings.length; done += AT_ONCE) {
		tell(`${Math.round((100 * done) / drawings.length)} %`);
		const next = drawings.slice(done, done + AT_ONCE);
		encoded.push(...(await page.evaluate((some) => (globalThis as StudioPage).studio.draw(some), next)));
	}
	encoded.push(...(await page.evaluate(() => (globalThis as StudioPage).studio.finish())));
	await page.close();
	return webmOf({
		codec: CODEC.webm,
		width,
		height,
		duration: take.end - take.begin,
		chunks: encoded.map(({ at, isKey, data }) => ({ at, isKey, data: Buffer.from(data, 'base64') })),
	});
}

/**
 * Draws the pictures of a take, for a file that is put together elsewhere.
 * @param size of a picture; the caption is below `pageHeight`
 * @returns each as PNG, in the order of `picturesOf`
 */
export async function paint(
	context: BrowserContext,
	take: Take,
	size: Pick<Format, 'width' | 'height' | 'pageHeight'>,
): Promise<Buffer[]> {
	const page = await openStudio(context);
	await page.evaluate((format) => (globalThis as StudioPage).studio.setUp(format), { ...size, scale: 1 });
	const drawings = drawingsOf(picturesOf(take), take);
	const painted: string[] = [];
	for (let done = 0; done < drawings.length; done += AT_ONCE) {
		const next = drawings.slice(done, done + AT_ONCE);
		painted.push(...(await page.evaluate((some) => (globalThis as StudioPage).studio.paint(some), next)));
	}
	await page.close();
	return painted.map((png) => Buffer.from(png, 'base64'));
}

async function openStudio(context: BrowserContext): Promise<Page> {
	const page = await context.newPage();
	await page.route(STUDIO, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
	await page.goto(STUDIO);
	await page.addScriptTag({ path: path.join(__dirname, 'studio.js') });
	return page;
}

function drawingsOf(pictures: Picture[], { frames }: Take): Drawing[] {
	let shown = -1;
	let lastKey = -Infinity;
	return pictures.map(({ at, frame, caption, pointer }) => {
		const isKey = at - lastKey >= KEY_EVERY_MS;
		if (isKey) lastKey = at;
		const jpeg = frame === shown ? undefined : frames[frame].jpeg;
		shown = frame;
		return { at, isKey, caption, ...(pointer && { pointer }), ...(jpeg && { jpeg }) };
	});
}
