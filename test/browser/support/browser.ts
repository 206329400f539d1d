import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { ROOT } from '../../support/root';

/** Where the pictures of a run are kept, for people to look at: of the editor, the inbox page, the examples, and the message log. */
export const ARTIFACTS = path.join(ROOT, 'artifacts', 'browser');
export const INBOX_ARTIFACTS = path.join(ROOT, 'artifacts', 'inbox');
export const EXAMPLE_ARTIFACTS = path.join(ROOT, 'artifacts', 'examples');
export const LOG_ARTIFACTS = path.join(ROOT, 'artifacts', 'message-log');
export const PANEL_ARTIFACTS = path.join(ROOT, 'artifacts', 'panels');

export const VERIFICATION_ARTIFACTS = path.join(ROOT, 'artifacts', 'verification');

export const VIEWPORT = { width: 1440, height: 900 };

/**
 * The Chromium of this machine.
 * @returns path of the program
 * @throws {Error} Saying how to install it
 */
export function findChromium(): string {
	const names = ['chromium', 'chromium-browser', 'google-chrome'];
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const found = folders
		.flatMap((folder) => names.map((name) => path.join(folder, name)))
		.find((file) => fs.existsSync(file));
	if (!found) {
		throw new Error(
			`No browser was found (${names.join(', ')}). On Debian or Ubuntu install one with: apt-get install chromium`,
		);
	}
	return found;
}

export interface Browser {
	page: Page;
	close(): Promise<void>;
}

export type Photograph = (name: string) => Promise<void>;

type LaunchOptions = Parameters<typeof chromium.launchPersistentContext>[1];

/**
 * A browser with one window, an empty profile and no way out of this machine.
 * @param differs What differs from a desktop in English, in the words of Playwright
 */
export async function openBrowser(differs: LaunchOptions = {}): Promise<Browser> {
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		viewport: VIEWPORT,
		locale: 'en-US',
		...differs,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			// The editor asks the public registry about community nodes; nothing here depends on the answer.
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
	const page = context.pages()[0] ?? (await context.newPage());
	page.setDefaultTimeout(20_000);
	// WHY longer: a page of the editor is more than 500 files, all of them fetched and compiled anew in an empty profile.
	// That takes 10 s beside other work on two cores, and was seen to take more than 20 s.
	page.setDefaultNavigationTimeout(90_000);
	await requireChineseFont(page);
	return {
		page,
		close: async () => {
			await context.close();
			fs.rmSync(profile, { recursive: true, force: true });
		},
	};
}

/**
 * Without a Chinese font every sign is the same box, in the tests and in the pictures.
 * @throws {Error} Saying how to install one
 */
async function requireChineseFont(page: Page) {
	const differ = await page.evaluate(() => {
		// WHY no function with a name: esbuild would call a helper for it that the page does not have.
		const [one, other] = ['短', '信'].map((sign) => {
			const canvas = document.createElement('canvas');
			canvas.width = canvas.height = 40;
			const context = canvas.getContext('2d')!;
			context.font = '32px sans-serif';
			context.fillText(sign, 2, 34);
			return canvas.toDataURL();
		});
		return one !== other;
	});
	if (!differ) {
		throw new Error(
			'The browser has no Chinese font. On Debian or Ubuntu install one with: apt-get install fonts-noto-cjk',
		);
	}
}

/** Leaves nothing of an earlier run in a folder. */
export function emptyFolder(folder: string) {
	fs.rmSync(folder, { recursive: true, force: true });
	fs.mkdirSync(folder, { recursive: true });
}

/** Takes the pictures of a run, each in the light and the dark theme, numbered in the order they were taken. */
export function createCamera(page: Page, folder = ARTIFACTS): Photograph {
	emptyFolder(folder);
	let number = 0;
	return async (name) => {
		number += 1;
		const label = `${String(number).padStart(2, '0')}-${name}`;
		for (const theme of ['dark', 'light'] as const) {
			await page.emulateMedia({ colorScheme: theme });
			// Icons are exchanged by script and colors fade.
			await page.waitForTimeout(250);
			await settle(page);
			await page.screenshot({ path: path.join(folder, `${label}.${theme}.png`) });
		}
	};
}

/** Waits until pictures are loaded and nothing moves any more. */
export async function settle(page: Page) {
	await page.waitForFunction(
		() =>
			[...document.images].every((image) => image.complete) &&
			document
				.getAnimations()
				.every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
		undefined,
		{ timeout: 5_000 },
	);
}

/** Where an element is shown. */
export async function boxOf(element: Locator) {
	const box = await element.boundingBox();
	if (!box) throw new Error('The element is not shown');
	return box;
}
