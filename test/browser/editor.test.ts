import path from 'node:path';
import type { Page } from 'playwright-core';
import type { INodePropertyOptions } from 'n8n-workflow';
import type { Instance } from '../e2e/support/instance';
import { KEYS } from '../support/keys';
import { TYPE } from '../e2e/support/workflows';
import { eventually } from '../support/eventually';
import { ARTIFACTS, createCamera, type Photograph } from './support/browser';
import type { CredentialDialog } from './support/credentialDialog';
import { byId, type Editor } from './support/editor';
import type { NodePanel } from './support/panel';
import { LIST, LOST_ANSWER, PEOPLE, showcase } from './support/people';
import { photographBatch, photographForm } from './support/showcase';
import { useStage } from './support/stage';

const WRONG_SECRET = 'dummywrongsecret00000001';
const ACTION = 'Send batch of messages';

/** One person's way through the editor. Every step builds on the one before. */
describe('in the editor', () => {
	let instance: Instance;
	let page: Page;
	let editor: Editor;
	let panel: NodePanel;
	let dialog: CredentialDialog;
	let photograph: Photograph;
	let brokenBy: string | undefined;

	useStage(async (stage) => {
		({ instance, page, editor, panel, dialog } = stage);
		// This person has no credential yet.
		await instance.client.request('DELETE', `/rest/credentials/${instance.credentials.jSmsApi.id}`);
		photograph = createCamera(page);
	});

	/** A test that leaves a picture behind when it fails, and is not tried when a step before it failed. */
	const step = (name: string, action: () => Promise<void>) =>
		test(name, async () => {
			if (brokenBy) {
				const error = new Error(`Not tried, because this step failed: ${brokenBy}`);
				// There is nothing to look for here.
				error.stack = error.message;
				throw error;
			}
			try {
				await action();
			} catch (error) {
				brokenBy = name;
				await photograph(`FAILED-${name.replace(/\W+/g, '-')}`).catch(() => undefined);
				throw error;
			}
		});

	step('a person logs in and begins a workflow with a list of people', async () => {
		await editor.logIn();
		await editor.createWorkflow();
		await editor.paste(LIST);
		expect(await editor.node('People').isVisible()).toBe(true);
	});

	step('finds the node by its name and by what it is for', async () => {
		await editor.openNodeCreator('People');
		for (const text of ['jiguang', 'jpush', 'duanxin', 'jsms', '短信', '验证码', '极光']) {
			expect(await editor.search(text, 'JSms')).toMatch(/^JSms\W+Send verification codes and template SMS/);
		}
		// Others answer to these as well.
		for (const text of ['otp', '2fa', 'texting', 'sms'])
			await editor.search(text, 'Send verification codes and template SMS');
		await photograph('node-creator');
	});

	step('sees every action of the node, by resource', async () => {
		const actions = await actionsOf(instance);
		await editor.search('jsms', 'JSms');
		// The list of the search before is there for a moment longer.
		await page
			.locator(byId('item-iterator-item'))
			.first()
			.filter({ hasText: /^\s*JSms/ })
			.click();
		await page.getByText(`Actions (${actions.length})`).waitFor();
		await eventually(async () => {
			const shown = (await page.locator(byId('node-creator')).innerText()).split('\n');
			expect(shown).toEqual(
				expect.arrayContaining(['MESSAGE ACTIONS', 'VERIFICATION CODE ACTIONS', ACTION, ...actions]),
			);
		});
		await photograph('actions');
	});

	step('adds the batch and meets an empty form that says where to begin', async () => {
		await page.locator(byId('node-creator')).getByText(ACTION, { exact: true }).click();
		await panel.notice.waitFor();
		await eventually(async () => {
			expect(await panel.labels()).toEqual([
				'Credential',
				'Resource',
				'Operation',
				'Recipients From',
				'Mobile Number',
				'Template ID',
				'Template Parameters',
				'Mapping Column Mode',
				'Options',
			]);
			expect(await panel.mapper.innerText()).toBe(
				"Mapping Column Mode\nEnter a 'Template ID' to see the template's parameters here.",
			);
		});
		expect(await panel.field('templateId').locator('input').inputValue()).toBe('');
		await photograph('empty-form');
	});

	step('creates a credential: a wrong key gets a sentence that says so', async () => {
		await dialog.create();
		await eventually(async () =>
			expect(await dialog.labels()).toEqual(['App Key', 'Master Secret', 'Base URL', 'Allowed HTTP Request Domains']),
		);
		expect(await dialog.input('Base URL').inputValue()).toBe('https://api.sms.jpush.cn/v1');
		expect(await dialog.input('Master Secret').getAttribute('type')).toBe('password');
		await photograph('credential-empty');
		await dialog.fill({ 'App Key': KEYS.appKey, 'Master Secret': WRONG_SECRET });
		const credentialFields = page.locator(byId('credential-connection-parameter'));
		await photographForm(page, dialog.dialog, credentialFields.last(), path.join(ARTIFACTS, 'credential-form.png'));
		await dialog.fill({
			'App Key': KEYS.appKey,
			'Master Secret': WRONG_SECRET,
			'Base URL': instance.sandbox.baseUrl,
		});
		await dialog.save();
		await dialog.openFailure();
		await eventually(async () =>
			expect(await dialog.text()).toContain(
				"JSMS did not accept the keys. Copy 'App Key' and 'Master Secret' again from the Jiguang console.",
			),
		);
		await editor.dismissToasts();
		await photograph('credential-wrong-key');
	});

	step('the right keys pass', async () => {
		await dialog.fill({ 'Master Secret': KEYS.masterSecret });
		await dialog.save();
		await dialog.waitUntilClosed();
		await dialog.edit();
		await page.getByText('Connection tested successfully').waitFor();
		await editor.dismissToasts();
		await photograph('credential-right-keys');
		await dialog.close();
		expect(instance.sandbox.ledger).toEqual([]);
	});

	step('a template ID that does not exist is named as such', async () => {
		await panel.executePreviousNodes();
		await panel.enterTemplateId(9999);
		await panel.notice.filter({ hasText: '9999' }).waitFor();
		expect(await panel.notice.innerText()).toMatch(/There is no template with this ID in the application/);
		await editor.dismissToasts();
		await photograph('template-unknown');
		await panel.enterTemplateId(2002);
		await panel.notice.filter({ hasText: 'Template 2002 has no parameters' }).waitFor();
	});

	step("a template's own parameters appear as fields", async () => {
		await panel.enterTemplateId(2001);
		await panel.field('date').waitFor();
		await eventually(async () => {
			expect(await panel.templateFields()).toEqual(['name', 'order', 'date']);
			expect(await panel.notice.isVisible()).toBe(false);
		});
		await photograph('template-fields');
	});

	step('mapping automatically names the fields that are looked for, also for another template', async () => {
		await panel.chooseMapping('Map Automatically');
		await panel.notice.filter({ hasText: 'The parameters of template 2001: name, order, date.' }).waitFor();
		await panel.enterTemplateId(1250);
		await panel.notice.filter({ hasText: 'The parameters of template 1250: number.' }).waitFor();
		await panel.enterTemplateId(2001);
		await panel.notice.filter({ hasText: 'template 2001' }).waitFor();
		await photograph('map-automatically');
	});

	step('mapping by hand is a matter of dragging', async () => {
		await panel.chooseMapping('Map Each Column Manually');
		await panel.field('date').waitFor();
		for (const name of ['mobile', 'name', 'order', 'date']) await panel.drag(name, name);
		// Below each field stands what it gives for the first person; with spaces that do not break.
		await eventually(async () => expect(await panel.mapper.innerText()).toMatch(/Li\sLei[^]*A-1001[^]*1\sDecember/));
		await editor.dismissToasts();
		await photograph('map-by-hand');
		await photographForm(page, panel.fields, panel.addOption, path.join(ARTIFACTS, 'batch-form.png'));
	});

	step('running it tells for every person what happened', async () => {
		instance.sandbox.fault(LOST_ANSWER);
		await panel.execute('Sent Branch (4 items)');
		await editor.dismissToasts();
		await eventually(async () => {
			expect(await panel.branches()).toEqual([
				'Sent Branch (4 items)',
				'Failed Branch (2 items)',
				'Unknown Branch (1 item)',
			]);
			expect(await panel.hints()).toEqual([
				'4 sent, 2 failed (2 invalid number), 1 unknown',
				expect.stringMatching(/may or may not have been sent/),
			]);
		});

		const sent = await panel.rowsWhen('sent', 4);
		expect(sent.map(({ mobile }) => mobile)).toEqual([1, 2, 3, 5].map((digit) => `1380000510${digit}`));
		expect(instance.sandbox.ledger.map(({ msg_id }) => String(msg_id)).slice(0, 4)).toEqual(
			sent.map(({ msg_id }) => msg_id),
		);
		expect(instance.sandbox.ledger).toHaveLength(5);
		await photograph('batch-sent');

		await panel.openBranch(1);
		const [refused, empty] = await panel.rowsWhen('failed', 2);
		expect(refused).toMatchObject({
			mobile: '13800000006',
			error_code: '50006',
			error_message: 'The mobile number is not valid (50006 invalid mobile)',
		});
		expect(refused.error_hint).toContain('11-digit mainland China number');
		expect(empty.error_message).toContain("'Mobile Number' is empty");
		expect(empty.temp_para).toContain('A-1012');
		await photograph('batch-failed');

		await panel.openBranch(2);
		expect(await panel.rowsWhen('unknown', 1)).toMatchObject([{ mobile: '13800005110' }]);
		await photograph('batch-unknown');
	});

	step('the canvas shows three outputs with their names and counts', async () => {
		await editor.closeNode();
		await eventually(async () => {
			const texts = (await editor.node(ACTION).innerText()).split('\n');
			expect(texts.filter((text) => text.trim() !== '')).toEqual(
				expect.arrayContaining([
					'4 items',
					'Sent',
					'2 items',
					'Failed',
					'1 item',
					'Unknown',
					ACTION,
					'Send Batch: Message',
				]),
			);
		});
		await photograph('canvas');
	});

	step('mapped automatically, the same SMS go to the same people', async () => {
		const sent = instance.sandbox.ledger.map(({ mobile, text }) => ({ mobile, text }));
		instance.sandbox.reset();
		await editor.openNode(ACTION);
		await panel.chooseMapping('Map Automatically');
		await panel.execute('Sent Branch (5 items)');
		expect(instance.sandbox.ledger.map(({ mobile, text }) => ({ mobile, text }))).toEqual(sent);
		await editor.dismissToasts();
	});

	step('run with a wrong key, the node says what is wrong, what to do, and that nothing was sent', async () => {
		instance.sandbox.reset();
		await dialog.edit();
		await dialog.fill({ 'Master Secret': WRONG_SECRET });
		await dialog.save();
		await dialog.openFailure();
		await dialog.close();
		await panel.execute('JSMS did not accept the keys');
		await eventually(async () =>
			expect(await panel.output.innerText()).toMatch(
				/JSMS did not accept the keys \(50002 auth failed\)\s+Copy App Key and Master Secret again [^]*Nothing was sent to anybody\./,
			),
		);
		expect(instance.sandbox.ledger).toEqual([]);
		await editor.dismissToasts();
		await photograph('run-wrong-key');
		await editor.closeNode();
		await photograph('canvas-wrong-key');
	});

	step('pictures for the README: a workflow with something to do for each result', async () => {
		instance.sandbox.reset();
		const credential = await instance.client.createCredential({
			name: 'JSms account 2',
			type: 'jSmsApi',
			data: { ...KEYS, baseUrl: instance.sandbox.baseUrl },
		});
		const workflow = await instance.client.createWorkflow(
			showcase({ jSmsApi: { id: credential.id, name: credential.name } }),
		);
		instance.sandbox.fault(LOST_ANSWER);
		const counts = await photographBatch(page, editor, panel, workflow.id);
		expect(counts).toEqual(['1 item', `${PEOPLE.length} items`, '4 items', '2 items', '1 item']);
	});
});

/** Texts of the node's actions, as n8n has loaded them. */
async function actionsOf({ client }: Instance) {
	const types = await client.nodeTypes();
	const actions = (types.find(({ name }) => name === TYPE)?.properties ?? [])
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => (options as INodePropertyOptions[]).flatMap(({ action }) => action ?? []));
	// A menu for workflows and one for agents can list the same operation.
	return [...new Set(actions)];
}
