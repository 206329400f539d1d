import path from 'node:path';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import type { Instance } from '../e2e/support/instance';
import { built } from '../package/unpacked';
import { eventually } from '../support/eventually';
import { createCamera, PANEL_ARTIFACTS, type Photograph } from './support/browser';
import type { Editor } from './support/editor';
import type { NodePanel } from './support/panel';
import { photographForm, TRIGGER_PICTURE } from './support/showcase';
import { useStage } from './support/stage';

const { CATALOG } = built('nodes/JSms/resources') as typeof import('../../nodes/JSms/resources');
const { PROPERTIES } = built(
	'nodes/JSms/resources/description',
) as typeof import('../../nodes/JSms/resources/description');

/** Every panel of the package as it opens, in both themes, for people to look at. */
describe('the panels', () => {
	let instance: Instance;
	let editor: Editor;
	let panel: NodePanel;
	let photograph: Photograph;

	useStage(async (stage) => {
		({ instance, editor, panel } = stage);
		photograph = createCamera(stage.page, PANEL_ARTIFACTS);
		await editor.logIn();
	});
	/** The labels that a fresh node shows: those of the fields whose conditions the defaults of others meet. */
	function expectedLabels(properties: INodeProperties[], chosen: INodeParameters) {
		const values: INodeParameters = { ...chosen };
		const isShown = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
			Object.entries(show).every(([name, allowed = []]) => (allowed as unknown[]).includes(values[name]));
		// In the order of the description, in which a field comes after those it depends on.
		for (const property of properties) {
			if (!(property.name in values) && isShown(property)) values[property.name] = property.default;
		}
		return properties
			.filter((property) => property.type !== 'notice' && isShown(property))
			.map(({ displayName }) => displayName);
	}

	const open = async (type: string, parameters: INodeParameters, typeVersion = 1) => {
		const node = {
			id: 'node',
			name: 'The node',
			type: `n8n-nodes-jsms.${type}`,
			typeVersion,
			position: [0, 0],
			parameters,
			credentials: { jSmsApi: instance.credentials.jSmsApi },
		};
		const saved = await instance.client.createWorkflow({
			name: `Panel ${type} ${Object.values(parameters).join(' ')}`,
			nodes: [node],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await editor.openWorkflow(saved.id);
		await editor.openNode('The node');
	};

	test('show the fields of every operation', async () => {
		for (const { value: resource, operations } of CATALOG) {
			for (const { value: operation } of operations) {
				await open('jSms', { resource, operation });
				const expected = expectedLabels(PROPERTIES, { resource, operation });
				await eventually(async () => {
					const labels = await panel.labels();
					expect({ resource, operation, labels }).toEqual({
						resource,
						operation,
						labels: expect.arrayContaining(expected.filter((label) => label !== 'Parameters')),
					});
				});
				await photograph(`${resource}-${operation}`);
			}
		}
		// Each panel is a page of its own, which takes ten seconds beside other work.
	}, 800_000);

	test.each([
		['jSmsTrigger', 2, ['Events', 'Options']],
		['jSmsReceiptTrigger', 1, ['Poll Times', 'Events', 'Options']],
		['jSmsVerificationTrigger', 2, ['Template ID', 'Title', 'More Fields', 'After Verification', 'Respond', 'Options']],
	] as const)('show the fields of %s', async (type, version, labels) => {
		await open(type, {}, version);
		await eventually(async () => expect(await panel.labels()).toEqual(expect.arrayContaining(labels)));
		await photograph(type);
		if (type === 'jSmsReceiptTrigger') {
			await photographForm(editor.page, panel.fields, panel.addOption, path.join(PANEL_ARTIFACTS, TRIGGER_PICTURE));
		}
	});
});
