import type { INodeParameters } from 'n8n-workflow';

/** A time that stays ahead, and both forms in which the output shows it. */
export const LATER = {
	sendTime: '2090-05-04T10:30:00+08:00',
	send_time: '2090-05-04 10:30:00',
	send_at: '2090-05-04T10:30:00+08:00',
};

/** Parameters of the sandbox's template 2001. */
export const ORDER = { name: 'Li Lei', order: 'A-1', date: '1 December' };

/** Template parameters as the node takes them in JSON. */
const json = (parameters: object) => ({ parameterMode: 'json', parametersJson: JSON.stringify(parameters) });

/** Value of a resource mapper that maps each template parameter by hand. */
export function templateFields(value: Record<string, string>) {
	return {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			required: true,
			defaultMatch: false,
			display: true,
			type: 'string',
			canBeUsedToMatch: false,
		})),
	};
}

/** One recipient for each input item. */
const FROM_ITEMS = { recipientsFrom: 'inputItems', mobile: '={{ $json.mobile }}' };

/**
 * Parameters that work in the sandbox, by operation. An operation that is not listed works with the defaults of its fields.
 * IDs that only a service at work can give are missing: of messages to report on, and of schedules. Options are left to the tests.
 */
const EXAMPLES: Partial<Record<string, INodeParameters>> = {
	'verificationCode.sendText': { mobile: '13800005101', templateId: 1 },
	'verificationCode.sendVoice': { mobile: '13800005101' },
	'verificationCode.verify': { messageId: '1', code: '000000' },
	'message.send': { mobile: '13800005101', templateId: 2001, ...json(ORDER) },
	'message.sendBatch': { ...FROM_ITEMS, templateId: 1250, ...json({ number: '1' }) },
	'schedule.create': {
		sendTime: LATER.sendTime,
		mobile: '13800005101',
		templateId: 1250,
		...json({ number: '1' }),
	},
	'schedule.createBatch': { sendTime: LATER.sendTime, ...FROM_ITEMS, templateId: 1250, ...json({ number: '1' }) },
	'schedule.update': { sendTime: LATER.sendTime, mobile: '13800005102', templateId: 2002, ...json({}) },
	'schedule.updateBatch': { sendTime: LATER.sendTime, ...FROM_ITEMS, templateId: 2002, ...json({}) },
	'receipt.pullReports': { returnAll: false, limit: 50 },
	'receipt.pullReplies': { returnAll: false, limit: 50 },
	'template.create': { text: '您好{{name}}，您的快递到了。', type: 2 },
	// Only a rejected template can be changed.
	'template.update': { templateId: 4002, text: '您好{{name}}。', type: 2 },
	'template.get': { templateId: 4001 },
	'template.preview': { templateId: 3001, ...json({ name: '李雷', city: '上海' }) },
	'template.delete': { templateId: 4002 },
	'signature.create': { text: '示例快递', type: 1 },
	'signature.update': { signatureId: 37003, text: '示例快运', type: 1 },
	'signature.get': { signatureId: 37001 },
	'signature.delete': { signatureId: 37002 },
};

/** Example parameters of an operation, by its stored values. */
export function exampleParameters(resource: string, operation: string): INodeParameters {
	return EXAMPLES[`${resource}.${operation}`] ?? {};
}
