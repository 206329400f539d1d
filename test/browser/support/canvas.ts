import { settle, VIEWPORT } from './browser';
import { byId } from './editor';
import type { INode } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import type { ExportedWorkflow } from '../../support/n8nTypes';

/** What the editor shows around the canvas, in pixels, and the largest window that is worth having. */
const AROUND = { width: 420, height: 320 };
const LARGEST = { width: 2600, height: 1900 };

const MARGINS = { left: 40, top: 24, right: 24, bottom: 24 };
/** Nodes and notes, and what stands around a node: its name, its outputs, what can be added. */
const WHOLE = `.vue-flow__node, ${byId('canvas-node')} *`;

/** Controls of the editor lie over the canvas. */
const ONLY_CANVAS = `${byId('canvas-controls')}, ${byId('node-creator-plus-button')}, .vue-flow__minimap, .vue-flow__panel { visibility: hidden !important; }`;

/** Takes a picture of the open workflow, all nodes and notes whole, in a window that is large enough to read it. */
export async function photographCanvas(page: Page, workflow: ExportedWorkflow, file: string) {
	const { width, height } = sizeOf(workflow);
	await page.setViewportSize({
		width: Math.min(LARGEST.width, Math.max(VIEWPORT.width, width + AROUND.width)),
		height: Math.min(LARGEST.height, Math.max(VIEWPORT.height, height + AROUND.height)),
	});
	await page.emulateMedia({ colorScheme: 'light' });
	await page.click(byId('zoom-to-fit'));
	// What was just imported is selected.
	await page.locator('.vue-flow__pane').click({ position: { x: 8, y: 120 } });
	// The canvas glides into place.
	await page.waitForTimeout(700);
	await settle(page);
	const clip = await frameOf(page.locator(WHOLE), MARGINS);
	await page.screenshot({ path: file, clip, style: ONLY_CANVAS });
	await page.setViewportSize(VIEWPORT);
}

function sizeOf({ nodes }: ExportedWorkflow) {
	const right = ({ position: [x], parameters }: INode) => x + Number(parameters.width ?? 160);
	const bottom = ({ position: [, y], parameters }: INode) => y + Number(parameters.height ?? 160);
	return {
		width: Math.max(...nodes.map(right)) - Math.min(...nodes.map(({ position: [x] }) => x)),
		height: Math.max(...nodes.map(bottom)) - Math.min(...nodes.map(({ position: [, y] }) => y)),
	};
}

/** The smallest frame around elements, with margins. */
export async function frameOf(locator: Locator, margins: { left: number; top: number; right: number; bottom: number }) {
	const boxes = await locator.evaluateAll((elements) =>
		elements.map((element) => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const left = Math.min(...boxes.map((box) => box.left)) - margins.left;
	const top = Math.min(...boxes.map((box) => box.top)) - margins.top;
	const right = Math.max(...boxes.map((box) => box.right)) + margins.right;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + margins.bottom;
	return { x: left, y: top, width: right - left, height: bottom - top };
}
