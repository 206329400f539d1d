import type { Page } from 'playwright-core';
import type { Instance } from '../e2e/support/instance';
import { TYPE } from '../e2e/support/workflows';
import { eventually } from '../support/eventually';
import { byId, type Editor } from './support/editor';
import { useStage } from './support/stage';

const BATCH = {
	resource: 'message',
	operation: 'sendBatch',
	recipientsFrom: 'inputItems',
	mobile: '={{ $json.mobile }}',
	templateId: 1250,
	parameterMode: 'pairs',
	parameters: { parameter: [{ name: 'number', value: '1' }] },
};
const alone = (type: string, parameters: object) => ({
	name: 'Test',
	nodes: [{ id: 'jsms', name: 'JSms', type, typeVersion: 1, position: [0, 0], parameters }],
	connections: {},
	settings: { executionOrder: 'v1' },
});
const tool = (parameters: object) => alone(`${TYPE}Tool`, parameters);

/** What the editor draws from the parameters of the node: its outputs, and the entries of its menus. */
describe('the editor of n8n', () => {
	let instance: Instance;
	let page: Page;
	let editor: Editor;

	useStage(async (stage) => {
		({ instance, page, editor } = stage);
		await editor.logIn();
	});
	const open = async (workflow: ReturnType<typeof alone>) =>
		await editor.openWorkflow((await instance.client.createWorkflow(workflow)).id);
	const entriesOf = async (menu: string) => {
		const field = page.locator(byId(`parameter-input-${menu}`));
		await field.click();
		const list = page.locator('.el-select-dropdown__item:visible .list-option .option-headline');
		await list.first().waitFor();
		const entries = (await list.allInnerTexts()).map((text) => text.trim());
		await page.keyboard.press('Escape');
		// A list that is still fading away would be read as the next menu's.
		await list.first().waitFor({ state: 'hidden' });
		// n8n adds this entry by itself.
		return entries.filter((entry) => entry !== 'Custom API Call');
	};

	test.each([
		[{}, ['Sent', 'Failed', 'Unknown']],
		[{ rowsOn: 'threeOutputs' }, ['Sent', 'Failed', 'Unknown']],
		[{ rowsOn: 'oneOutput' }, []],
	])('draws the outputs of a batch with the options %j', async (options, names) => {
		await open(alone(TYPE, { ...BATCH, options }));
		await eventually(async () => {
			const texts = (await editor.node('JSms').innerText()).split('\n').map((text) => text.trim());
			expect(texts).toContain('Send Batch: Message');
			expect(texts.filter((text) => ['Sent', 'Failed', 'Unknown'].includes(text))).toEqual(names);
		});
	});

	test('offers an agent what only reads, unless a person asks for all operations', async () => {
		await open(tool({ resource: 'template' }));
		await editor.openNode('JSms');
		expect(await entriesOf('operation')).toEqual(['Get', 'Preview']);
		expect(await entriesOf('resource')).not.toContain('Receipt');
		await editor.closeNode();
		await open(tool({ resource: 'template', operation: 'delete', allOperations: true }));
		await editor.openNode('JSms');
		expect(await entriesOf('operation')).toEqual(expect.arrayContaining(['Create', 'Delete', 'Update']));
		expect(await entriesOf('resource')).toContain('Receipt');
	});
});
