import { pullFields } from '../../fields/pull';
import type { PullOperation } from '../../model/operation';

/** GET /reply: what people replied; replies carry no message ID. */
export const pullReplies: PullOperation = {
	kind: 'pull',
	event: 'reply',
	value: 'pullReplies',
	name: 'Pull Replies',
	action: 'Pull replies',
	description: 'Read what people replied. Each reply can be read once, within three days.',
	fields: pullFields,
};
