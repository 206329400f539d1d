import type { Resource } from '../../model/operation';
import { send } from './send.operation';
import { sendBatch } from './sendBatch.operation';

export const message: Resource = {
	value: 'message',
	name: 'Message',
	description: 'Template SMS such as notifications',
	operations: [send, sendBatch],
};
