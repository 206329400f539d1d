import path from 'node:path';
import { ARTIFACTS, boxOf, settle, VIEWPORT } from './browser';
import { frameOf } from './canvas';
import { byId, type Editor } from './editor';
import type { Locator, Page } from 'playwright-core';
import type { NodePanel } from './panel';

/** The pictures of the guide that the way through the editor takes, as they lie in the folder of a run. */
export const PICTURES = ['batch-canvas.png', 'batch-table.png', 'batch-form.png', 'credential-form.png'];

/** The picture of the guide that the panels take. */
export const TRIGGER_PICTURE = 'trigger-panel.png';

const MARGIN = 24;
/** High enough for every field of a form. */
const HIGH = { width: VIEWPORT.width, height: 1250 };

const MARGINS = { left: 2 * MARGIN, top: MARGIN, right: 6 * MARGIN, bottom: 2 * MARGIN };

/**
 * Takes a picture of a form, light and whole, as wide as the guide can show it.
 * @param last what is the last in it; an empty rest below is left out
 */
export async function photographForm(page: Page, form: Locator, last: Locator, file: string) {
	await page.setViewportSize(HIGH);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.waitForTimeout(400);
	await settle(page);
	const frame = await boxOf(form);
	const end = await boxOf(last);
	await page.screenshot({ path: file, clip: { ...frame, height: end.y + end.height + MARGIN - frame.y } });
	await page.setViewportSize(VIEWPORT);
}

/**
 * Runs a workflow and takes the pictures of the README: the canvas, and the rows that failed.
 * @returns The counts on the lines of the canvas, in the order of the lines
 */
export async function photographBatch(
	page: Page,
	editor: Editor,
	panel: NodePanel,
	workflowId: string,
): Promise<string[]> {
	const [canvas, table] = PICTURES.map((name) => path.join(ARTIFACTS, name));
	await page.emulateMedia({ colorScheme: 'light' });
	await editor.openWorkflow(workflowId);
	await editor.executeWorkflow('Check later');
	await editor.dismissToasts();
	await page.click(byId('zoom-to-fit'));
	// The last of the five lines gets its count.
	await page.locator(byId('edge-label')).nth(4).waitFor();
	await page.waitForTimeout(700);
	await settle(page);
	const counts = await page.locator(byId('edge-label')).allInnerTexts();
	await page.screenshot({ path: canvas, clip: await frameOf(page.locator(byId('canvas-node')), MARGINS) });

	// Wide enough for the columns that say why.
	await page.setViewportSize({ width: 2600, height: 900 });
	await editor.openNode('Send the batch');
	await panel.openBranch(1);
	await settle(page);
	const box = await boxOf(panel.output);
	const { y, height } = await boxOf(panel.output.locator('table'));
	await page.screenshot({
		path: table,
		clip: { ...box, height: y + height + MARGIN - box.y },
		// n8n's shortcuts to the next nodes cover the edge of the table.
		style: `${byId('floating-nodes')} { visibility: hidden; }`,
	});
	await page.setViewportSize(VIEWPORT);
	return counts;
}
