import { OWNER } from '../../../scripts/n8n/client';
import type { Page } from 'playwright-core';

export const byId = (id: string) => `[data-test-id="${id}"]`;
const ITEM = `${byId('node-creator')} ${byId('item-iterator-item')}`;

/** What a person does in the editor of n8n 2.x, from log-in to an open node. */
export class Editor {
	/** @param url Of n8n */
	constructor(
		readonly page: Page,
		readonly url: string,
	) {}

	async logIn() {
		const { page } = this;
		await page.goto(`${this.url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
		await page.fill('input[name=password]', OWNER.password);
		await page.click(byId('form-submit-button'));
		await this.createButton().waitFor();
	}

	createButton() {
		return this.page.getByRole('button', { name: 'Create workflow', exact: true }).first();
	}

	async createWorkflow() {
		await this.createButton().click();
		await this.page.locator(byId('canvas-plus-button')).waitFor();
	}

	async openWorkflow(id: string) {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.locator(byId('canvas-node')).first().waitFor();
	}

	/** Pastes nodes as copied from elsewhere, and waits for the last of them. */
	async paste(workflow: { nodes: Array<{ name: string }> }) {
		await this.page.evaluate((text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
		}, JSON.stringify(workflow));
		await this.node(workflow.nodes[workflow.nodes.length - 1].name).waitFor();
	}

	/** Imports a file into a new workflow, as its menu does. */
	async importFile(name: string, workflow: object) {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(byId('canvas-plus-button')).waitFor();
		const buffer = Buffer.from(JSON.stringify(workflow));
		await this.page
			.locator(byId('workflow-import-input'))
			.setInputFiles({ name, mimeType: 'application/json', buffer });
		await this.page.locator(byId('canvas-node')).first().waitFor();
	}

	/** What is on the canvas, notes aside. */
	nodeNames(): Promise<string[]> {
		return this.page
			.locator(byId('canvas-node'))
			.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name') ?? ''));
	}

	/** The messages in the corner. */
	toasts(): Promise<string[]> {
		return this.page.locator('.el-notification').allInnerTexts();
	}

	/** A node on the canvas. */
	node(name: string) {
		return this.page.locator(`${byId('canvas-node')}[data-node-name="${name}"]`);
	}

	/** Opens the list of nodes; what is chosen there is put behind the given node. */
	async openNodeCreator(name: string) {
		await this.node(name).click();
		await this.page.click(byId('node-creator-plus-button'));
		await this.page.locator(byId('node-creator')).waitFor();
	}

	/**
	 * @param expected Name of a node that must come up
	 * @returns The first hit
	 */
	async search(text: string, expected: string): Promise<string> {
		await this.page.locator(`${byId('node-creator')} input`).fill(text);
		await this.page.locator(ITEM).filter({ hasText: expected }).first().waitFor();
		return this.page.locator(ITEM).first().innerText();
	}

	async openNode(name: string) {
		await this.node(name).dblclick();
		await this.page.locator(byId('node-parameters')).waitFor();
	}

	async closeNode() {
		await this.page.click(byId('ndv-close-button'));
		await this.page.locator(byId('ndv')).waitFor({ state: 'hidden' });
		await this.page.click(byId('zoom-to-fit'));
		// The canvas glides into place.
		await this.page.waitForTimeout(700);
	}

	/** Runs the whole workflow and waits until its last node is through. */
	async executeWorkflow(lastNode: string) {
		await this.page.click(byId('execute-workflow-button'));
		await this.node(lastNode).locator(byId('canvas-node-status-success')).waitFor();
	}

	/** Closes the messages in the corner: they cover what lies below. */
	async dismissToasts() {
		const close = this.page.locator('.el-notification__closeBtn');
		while ((await close.count()) > 0) {
			await close
				.first()
				.click({ timeout: 2_000 })
				.catch(() => undefined);
			await this.page.waitForTimeout(300);
		}
	}
}
