'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { ROOT } = require('../../e2e/support/instance');

/** Where the pictures of a run are kept, for people to look at. */
const ARTIFACTS = path.join(ROOT, 'artifacts', 'browser');

const VIEWPORT = { width: 1440, height: 900 };

/**
 * The Chromium of this machine.
 *
 * @returns {string} path of the program
 * @throws {Error} Saying how to install it
 */
function findChromium() {
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

/**
 * A browser with one window, an empty profile and no way out of this machine.
 *
 * @returns {Promise<{page: import('playwright-core').Page, close: () => Promise<void>}>}
 */
async function openBrowser() {
	const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'jsms-browser-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		viewport: VIEWPORT,
		locale: 'en-US',
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
	return {
		page,
		close: async () => {
			await context.close();
			fs.rmSync(profile, { recursive: true, force: true });
		},
	};
}

/**
 * Takes the pictures of a run, each in the light and the dark theme, numbered in the order they were taken.
 *
 * @param {import('playwright-core').Page} page
 */
function createCamera(page) {
	fs.rmSync(ARTIFACTS, { recursive: true, force: true });
	fs.mkdirSync(ARTIFACTS, { recursive: true });
	let number = 0;
	return async function photograph(name) {
		number += 1;
		const label = `${String(number).padStart(2, '0')}-${name}`;
		for (const theme of ['dark', 'light']) {
			await page.emulateMedia({ colorScheme: theme });
			// Icons are exchanged by script and colours fade.
			await page.waitForTimeout(250);
			await settle(page);
			await page.screenshot({ path: path.join(ARTIFACTS, `${label}.${theme}.png`) });
		}
	};
}

/** Waits until pictures are loaded and nothing moves any more. @param {import('playwright-core').Page} page */
async function settle(page) {
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

module.exports = { ARTIFACTS, VIEWPORT, createCamera, findChromium, openBrowser, settle };
