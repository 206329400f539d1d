import type { Page } from 'playwright-core';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Instance } from '../e2e/support/instance';
import { withCredentials } from '../e2e/support/workflows';
import { eventually } from '../support/eventually';
import { readExamples, STICKY_NOTE } from '../support/examples';
import { EXAMPLE_ARTIFACTS, emptyFolder } from './support/browser';
import { photographCanvas } from './support/canvas';
import { type Editor, byId } from './support/editor';
import { useStage } from './support/stage';

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
	let instance: Instance;
	let page: Page;
	let editor: Editor;
	let known: Set<string>;
	let credentials: Instance['credentials'];

	useStage(async (stage) => {
		({ instance, page, editor } = stage);
		if (WITH_PICTURES) emptyFolder(EXAMPLE_ARTIFACTS);
		const types = (await instance.client.nodeTypes()) as Array<{ name: string }>;
		known = new Set(types.map(({ name }) => name));
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
		await editor.logIn();
	});
	test.each(readExamples())('$name: n8n knows all nodes and finds nothing amiss', async ({ name, workflow }) => {
		expect(workflow.nodes.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
		await editor.importFile(`${name}.json`, withCredentials(workflow, credentials));
		const namesOf = (nodes: INode[]) => nodes.map((node) => node.name).sort();
		const isNote = ({ type }: INode) => type === STICKY_NOTE;
		await eventually(async () => {
			expect((await editor.nodeNames()).sort()).toEqual(namesOf(workflow.nodes.filter((node) => !isNote(node))));
			expect(await page.locator(byId('sticky')).count()).toBe(workflow.nodes.filter(isNote).length);
		});
		expect(await page.locator(byId('node-issues')).count()).toBe(0);
		expect(await editor.toasts()).toEqual([]);
		if (WITH_PICTURES) await photographCanvas(page, workflow, path.join(EXAMPLE_ARTIFACTS, `${name}.png`));
	});
});
