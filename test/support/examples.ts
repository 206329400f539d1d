import fs from 'node:fs';
import path from 'node:path';
import type { ExportedWorkflow } from './n8nTypes';
import { ROOT } from './root';

const FOLDER = path.join(ROOT, 'examples');

/** Where the pictures of their canvases are published, relative to the repository. */
const PICTURES = 'docs/images/examples';

/** So that a page with several of them loads quickly. */
export const MAX_PICTURE_BYTES = 110_000;

export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** A workflow published under examples/. */
export interface Example {
	/** As its file is called, without the ending */
	name: string;
	/** Relative to the repository */
	file: string;
	/** As n8n exports it */
	workflow: ExportedWorkflow;
	/** Of its canvas, relative to the repository; there once it was taken */
	picture: string;
}

/** @returns all of them, by name */
export function readExamples(): Example[] {
	return fs
		.readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const name = path.basename(file, '.json');
			return {
				name,
				file: `examples/${file}`,
				workflow: JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')) as ExportedWorkflow,
				picture: `${PICTURES}/${name}.png`,
			};
		});
}
