'use strict';

const path = require('node:path');
const { startInstance } = require('../e2e/support/instance');
const { withCredentials } = require('../e2e/support/workflows');
const { eventually } = require('../support/eventually');
const { readExamples, STICKY_NOTE } = require('../support/examples');
const { EXAMPLE_ARTIFACTS, emptyFolder, openBrowser } = require('./support/browser');
const { photographCanvas } = require('./support/canvas');
const { Editor, byId } = require('./support/editor');

/** Pictures for the documentation are taken on purpose only: `npm run pictures`. */
const WITH_PICTURES = process.env.JSMS_PICTURES === '1';

/** Credentials that the reader has. */
const OTHERS = {
	googleSheetsOAuth2Api: { clientId: 'example', clientSecret: 'dummy' },
	googleCalendarOAuth2Api: { clientId: 'example', clientSecret: 'dummy' },
	httpBasicAuth: { user: 'example', password: 'dummy' },
	httpHeaderAuth: { name: 'x-example', value: 'dummy' },
};

/** Every published example, imported into the editor as its reader would. */
describe('the examples', () => {
	/** @type {import('../e2e/support/instance').Instance} */
	let instance;
	let browser;
	let page;
	/** @type {Editor} */
	let editor;
	let known;
	let credentials;

	beforeAll(async () => {
		if (WITH_PICTURES) emptyFolder(EXAMPLE_ARTIFACTS);
		instance = await startInstance('main');
		known = new Set((await instance.client.nodeTypes()).map(({ name }) => name));
		credentials = {
			...instance.credentials,
			postgres: await instance.client.createCredential({
				name: 'PostgreSQL',
				type: 'postgres',
				data: { host: '127.0.0.1', database: 'example', user: 'example', password: 'dummy' },
			}),
		};
		for (const [type, data] of Object.entries(OTHERS)) {
			credentials[type] = await instance.client.createCredential({ name: type, type, data });
		}
		browser = await openBrowser();
		({ page } = browser);
		editor = new Editor(page, instance.client.url);
		await editor.logIn();
	}, 240_000);
	afterAll(async () => {
		await browser?.close();
		await instance?.close();
	}, 60_000);

	test.each(readExamples())('$name: n8n knows all nodes and finds nothing amiss', async ({ name, workflow }) => {
		expect(workflow.nodes.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
		await editor.importFile(`${name}.json`, withCredentials(workflow, credentials));
		const namesOf = (nodes) => nodes.map((node) => node.name).sort();
		const isNote = ({ type }) => type === STICKY_NOTE;
		await eventually(async () => {
			expect((await editor.nodeNames()).sort()).toEqual(namesOf(workflow.nodes.filter((node) => !isNote(node))));
			expect(await page.locator(byId('sticky')).count()).toBe(workflow.nodes.filter(isNote).length);
		});
		expect(await page.locator(byId('node-issues')).count()).toBe(0);
		expect(await editor.toasts()).toEqual([]);
		if (WITH_PICTURES) await photographCanvas(page, workflow, path.join(EXAMPLE_ARTIFACTS, `${name}.png`));
	});
});
