import type { IExecuteFunctions } from 'n8n-workflow';

import { isCancelled } from '../api/request';

/** Message IDs in one line of the log. */
const MAX_IDS = 1000;

/**
 * Writes to n8n's log what a cancelled execution has sent: n8n drops its output, so it would be on record nowhere else.
 * @param sent    message IDs of what was accepted
 * @param unknown how many more may have gone out
 */
export function logWhenCancelled(context: IExecuteFunctions, sent: readonly unknown[], unknown: number): void {
	if (!isCancelled(context) || sent.length + unknown === 0) return;
	const ids = sent.slice(0, MAX_IDS).join(', ');
	context.logger.warn(
		`The execution was canceled while '${context.getNode().name}' was sending: ${sent.length} SMS were accepted, ${unknown} may have been sent. msg_id of those accepted: ${ids}${sent.length > MAX_IDS ? ' and more' : ''}`,
	);
}
