import type { Resource } from '../../model/operation';
import { pullReplies } from './pullReplies.operation';
import { pullReports } from './pullReports.operation';

export const receipt: Resource = {
	value: 'receipt',
	name: 'Receipt',
	description: 'Delivery reports and replies',
	operations: [pullReplies, pullReports],
};
