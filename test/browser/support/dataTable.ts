import { boxOf, settle, VIEWPORT } from './browser';
import { byId } from './editor';
import type { Page } from 'playwright-core';

const GRID = byId('data-table-grid');

/**
 * The rows that the page of a Data Table shows, by the names of the columns. Only columns that fit into the window are there:
 * the grid leaves out the others.
 */
export function readTable(page: Page): Promise<Array<Record<string, string>>> {
	return page.locator(GRID).evaluate((grid) => {
		const textOf = (element: Element) => (element as HTMLElement).innerText.trim();
		const names = new Map(
			[...grid.querySelectorAll('.ag-header-cell')].map((cell) => [cell.getAttribute('col-id'), textOf(cell)]),
		);
		return [...grid.querySelectorAll('.ag-center-cols-container .ag-row')]
			.sort((a, b) => Number(a.getAttribute('row-index')) - Number(b.getAttribute('row-index')))
			.map((row) =>
				Object.fromEntries(
					[...row.querySelectorAll('.ag-cell')].map((cell) => [names.get(cell.getAttribute('col-id')), textOf(cell)]),
				),
			);
	});
}

/** Takes a picture of the rows, as far as the window shows them. */
export async function photographTable(page: Page, file: string) {
	await page.emulateMedia({ colorScheme: 'light' });
	await settle(page);
	const { x, y, width } = await boxOf(page.locator(GRID));
	const last = await boxOf(page.locator(`${GRID} .ag-center-cols-container .ag-row-last`));
	await page.screenshot({ path: file, clip: { x, y, width, height: last.y + last.height - y } });
	await page.setViewportSize(VIEWPORT);
}
