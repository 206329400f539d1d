import { byId } from './editor';
import type { Locator, Page } from 'playwright-core';

/** The editor's own dialog for a credential. */
export class CredentialDialog {
	readonly dialog: Locator;

	constructor(readonly page: Page) {
		this.dialog = page.locator(byId('credential-edit-dialog'));
	}

	/** A new one, from the button of a node that has none. */
	async create() {
		await this.page.getByRole('button', { name: 'Connect to JSms' }).click();
		await this.dialog.waitFor();
	}

	/** The one a node uses. */
	async edit() {
		await this.page.click(byId('credential-edit-button'));
		await this.dialog.waitFor();
	}

	/** @returns Labels from top to bottom */
	async labels(): Promise<string[]> {
		const texts = await this.dialog.locator(`${byId('credential-connection-parameter')} label`).allInnerTexts();
		return texts.map((text) => text.split('\n')[0].replace('*', '').trim());
	}

	input(label: string) {
		return this.dialog
			.locator(byId('credential-connection-parameter'))
			.filter({ hasText: label })
			.locator('input')
			.first();
	}

	/** @param values by label */
	async fill(values: Record<string, string>) {
		for (const [label, value] of Object.entries(values)) await this.input(label).fill(value);
	}

	/** Saves; n8n tests the keys with it. */
	async save() {
		await this.page.click(byId('credential-save-button'));
	}

	/** Waits for the sentence n8n shows when a test did not pass, and opens its details. */
	async openFailure() {
		await this.dialog.getByText('More details').click();
	}

	/** @returns All that stands in it now */
	async text(): Promise<string> {
		return this.dialog.innerText();
	}

	async close() {
		// WHY not Escape: it would close the node below as well.
		await this.page.locator(`${byId('editCredential-modal')} .el-dialog__headerbtn`).click();
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/** n8n closes the dialog by itself when the keys passed. */
	async waitUntilClosed() {
		await this.dialog.waitFor({ state: 'hidden' });
	}
}
