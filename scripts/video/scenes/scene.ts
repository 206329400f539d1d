import { setTimeout as wait } from 'node:timers/promises';

import { byId } from '../../../test/browser/support/editor';
import type { Hand } from '../hand';
import type { Narrator } from '../narrator';
import type { Recorder } from '../recorder';
import type { Stage } from '../../../test/browser/support/stage';

/** What a scene works with. */
export interface Set extends Stage {
	recorder: Recorder;
	narrator: Narrator;
	hand: Hand;
}

/** A part of the video. */
export interface Scene {
	/** Says in an error which part failed. */
	name: string;
	play(set: Set): Promise<void>;
}

/** Opens a workflow from the list of all, which is quicker than to load its page. */
export async function openFromList({ hand, page }: Set, name: string): Promise<void> {
	await hand.click(page.locator(`${byId('settings-back')}, ${byId('project-home-menu-item')}`).first());
	await hand.click(page.locator(byId('workflow-card-name')).filter({ hasText: name }).first());
	await page.locator(byId('canvas-node')).first().waitFor();
}

/** n8n opens a node in three columns; the rows need more than a third of the page. */
export async function widenOutput({ hand, page }: Set): Promise<void> {
	await hand.drag(page.locator(byId('panel-drag-button')), -330);
}

/** The credential that the viewer saw being made. */
export async function credentialOf({ instance }: Set): Promise<{ jSmsApi: { id: string; name: string } }> {
	const all = await instance.client.request<Array<Record<'id' | 'name' | 'type', string>>>('GET', '/rest/credentials');
	const found = all.find(({ type }) => type === 'jSmsApi');
	if (!found) throw new Error('The credential was not saved.');
	return { jSmsApi: { id: found.id, name: found.name } };
}

/** Waits for something that no page shows. */
export async function until(condition: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + 30_000; !condition(); ) {
		if (Date.now() > deadline) throw new Error(`This did not happen within 30 s: ${what}.`);
		await wait(100);
	}
}
