import { pullFields } from '../../fields/pull';
import type { PullOperation } from '../../model/operation';

/** GET /report: what became of the application's messages. */
export const pullReports: PullOperation = {
	kind: 'pull',
	event: 'deliveryReport',
	value: 'pullReports',
	name: 'Pull Reports',
	action: 'Pull delivery reports',
	description: 'Read whether messages were delivered, or why not. Each report can be read once, within three days.',
	fields: pullFields,
};
