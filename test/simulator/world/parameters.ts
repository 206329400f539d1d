import type { INodeParameters } from 'n8n-workflow';

import { EXPRESSION } from './expressions';
import type { NodePlan } from './types';

const LISTS = {
	objects: EXPRESSION.recipientObjects,
	numbers: EXPRESSION.recipientNumbers,
	commas: EXPRESSION.recipientCommas,
};

/** The node's parameters as n8n saves them. */
export function parametersOf(node: NodePlan): INodeParameters {
	const { operation, mobile, templateId, when: sendTime } = node;
	const options = structuredClone(node.options) as INodeParameters;
	const text = { parameterMode: 'pairs', parameters: { parameter: [{ name: 'number', value: node.text }] } };
	const base = { mobile, templateId, options };
	switch (operation) {
		case 'pullReports':
		case 'pullReplies':
			return { resource: 'receipt', operation, returnAll: true };
		case 'preview':
			return { resource: 'template', operation, templateId, ...text };
		case 'send':
			return { resource: 'message', operation, ...base, ...text };
		case 'sendText':
		case 'sendVoice':
			return { resource: 'verificationCode', operation, ...base };
		case 'create':
			return { resource: 'schedule', operation, sendTime, ...base, ...text };
		case 'update':
			return { resource: 'schedule', operation, scheduleId: EXPRESSION.scheduleId, sendTime, ...base, ...text };
		case 'delete':
			return { resource: 'schedule', operation, scheduleId: EXPRESSION.scheduleId, options: {} };
		case 'sendBatch':
			return { resource: 'message', operation, ...recipients(node), ...base, ...text };
		case 'createBatch':
			return { resource: 'schedule', operation, sendTime, ...recipients(node), ...base, ...text };
	}
}

function recipients({ recipientsFrom, list }: NodePlan): INodeParameters {
	return recipientsFrom === 'list' ? { recipientsFrom, recipients: LISTS[list] } : { recipientsFrom };
}
