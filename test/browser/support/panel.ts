import { eventually } from '../../support/eventually';
import { boxOf } from './browser';
import { byId } from './editor';
import type { Locator, Page } from 'playwright-core';

/** The open node: its input on the left, its fields in the middle, its output on the right. */
export class NodePanel {
	readonly fields: Locator;
	readonly mapper: Locator;
	readonly notice: Locator;
	readonly output: Locator;
	/** The last of the fields of every node that has options. */
	readonly addOption: Locator;

	constructor(readonly page: Page) {
		this.fields = page.locator(byId('node-parameters'));
		this.mapper = page.locator(byId('resource-mapper-container'));
		this.notice = page.locator(byId('empty-fields-notice'));
		this.output = page.locator(byId('output-panel'));
		this.addOption = this.fields.getByText('Add option').or(this.fields.getByPlaceholder('Add option')).first();
	}

	/** A field by its internal name. */
	field(name: string) {
		return this.page.locator(byId(`parameter-input-${name}`));
	}

	/** Labels of the fields under the tab Parameters, from top to bottom. */
	async labels(): Promise<string[]> {
		const texts = await this.fields.locator('label.n8n-input-label:visible').allInnerTexts();
		return texts.map((text) => text.split('\n')[0].trim());
	}

	/** Names of the template's parameters that are there as fields. */
	async templateFields(): Promise<string[]> {
		const texts = await this.page
			.locator(`${byId('mapping-fields-container')} label.n8n-input-label:visible`)
			.allInnerTexts();
		return texts.map((text) => text.split('\n')[0].trim()).filter((text) => text !== 'Values to Send');
	}

	async enterTemplateId(id: number) {
		const input = this.field('templateId').locator('input');
		await input.fill(String(id));
		await input.press('Tab');
	}

	/** @param mode n8n's own words */
	async chooseMapping(mode: 'Map Each Column Manually' | 'Map Automatically') {
		await this.page.locator(byId('mapping-mode-select')).first().click();
		await this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: mode }).click();
	}

	async executePreviousNodes() {
		await this.page.locator(byId('execute-previous-node')).click();
		await this.inputField('mobile').waitFor();
	}

	/** A field of the input data, as it can be dragged. */
	inputField(name: string) {
		return this.page
			.locator(`${byId('ndv-input-panel')} [data-target="mappable"]`)
			.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) })
			.first();
	}

	/** Drags a field of the input data onto a field of the node. */
	async drag(from: string, to: string) {
		const { mouse } = this.page;
		const target = this.field(to);
		await target.scrollIntoViewIfNeeded();
		await this.inputField(from).hover();
		await mouse.down();
		// n8n takes it for a drag only after some way; then the field has to notice what hovers over it.
		const start = await boxOf(this.inputField(from));
		await mouse.move(start.x + 40, start.y + 40, { steps: 4 });
		const end = await boxOf(target);
		await mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 8 });
		await this.page.waitForTimeout(200);
		await mouse.up();
		await target
			.locator('.cm-content')
			.filter({ hasText: `$json.${from}` })
			.waitFor();
		await this.leaveField();
	}

	/** Clicks beside the fields, so that the help of the last one closes. */
	async leaveField() {
		await this.output.click({ position: { x: 40, y: 400 } });
	}

	/**
	 * Runs this node and waits for what comes of it.
	 * @param expected Text in the output panel
	 */
	async execute(expected: string) {
		await this.page.click(byId('node-execute-button'));
		await this.output.getByText(expected).first().waitFor({ timeout: 40_000 });
	}

	/** The notices above the rows. */
	async hints(): Promise<string[]> {
		const texts = await this.output.locator(byId('node-hint')).allInnerTexts();
		return texts.map((text) => text.trim());
	}

	branches(): Promise<string[]> {
		return this.output.locator(`${byId('branches')} [data-test-id^="tab-"]`).allInnerTexts();
	}

	/**
	 * Shows one output's rows.
	 * @param index 0 is the first
	 */
	async openBranch(index: number) {
		const tab = this.output.locator(byId(`tab-${index}`));
		await tab.scrollIntoViewIfNeeded();
		await tab.click();
		await this.output.locator('table').waitFor();
	}

	/**
	 * The rows of the open output once they are all there. While a branch is being opened, the table still shows the
	 * rows of the one before.
	 * @param status Of every row
	 * @returns by column
	 */
	async rowsWhen(status: 'sent' | 'failed' | 'unknown', count: number): Promise<Array<Record<string, string>>> {
		return eventually(async () => {
			const rows = await this.rows();
			expect(rows.map((row) => row.status)).toEqual(Array.from({ length: count }, () => status));
			return rows;
		});
	}

	/** The rows of the open output as they are now, by column. */
	async rows(): Promise<Array<Record<string, string>>> {
		const table = this.output.locator('table');
		const columns = (await table.locator('th').allInnerTexts()).map((text) => text.trim());
		const rows = await table.locator('tbody tr').all();
		const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
		return cells.map((texts) =>
			Object.fromEntries(columns.flatMap((column, index) => (column ? [[column, texts[index]?.trim()]] : []))),
		);
	}
}
