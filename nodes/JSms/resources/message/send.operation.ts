import { allowedHoursOption } from '../../fields/allowedHours';
import { messageFields, messageOptions, readMessage } from '../../fields/message';
import type { SingleOperation } from '../../model/operation';
import { toSentMessage } from '../sentMessage';

/** POST /messages: one template SMS per item. */
export const send: SingleOperation = {
	kind: 'single',
	effect: 'once',
	sends: true,
	value: 'send',
	name: 'Send',
	action: 'Send message',
	description: 'Send a template SMS to one number per item',
	fields: messageFields,
	options: [...messageOptions, allowedHoursOption],
	usesTemplate: true,
	buildRequest: (input) => ({ method: 'POST', path: '/messages', body: readMessage(input) }),
	toItems: toSentMessage,
};
