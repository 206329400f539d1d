import { matchRows } from '../../batch/match';
import { mobileField } from '../../fields/mobile';
import {
	batchSizeOption,
	checkFirstOption,
	concurrencyOption,
	duplicateRecipientsOption,
	maxRecipientsOption,
	readSignatureId,
	readTag,
	sendOnceKeyOption,
	signatureIdOption,
	tagOption,
} from '../../fields/options';
import { recipientFields } from '../../fields/recipients';
import { readTemplateId, templateIdField } from '../../fields/template';
import { templateParameterFields } from '../../fields/templateParameters';
import type { BatchOperation } from '../../operation';

const fromInputItems = { show: { recipientsFrom: ['inputItems'] } };

/** POST /messages/batch: one template SMS to many numbers, up to 1,000 per request. */
export const sendBatch: BatchOperation = {
	kind: 'batch',
	value: 'sendBatch',
	name: 'Send Batch',
	action: 'Send batch of messages',
	description: 'Send a template SMS to many numbers, with a result for each of them',
	fields: [
		...recipientFields,
		{
			...mobileField,
			placeholder: 'e.g. {{ $json.mobile }}',
			description:
				'The phone number of each input item: drag the field that holds it here. Spaces, dashes and a leading +86 are removed.',
			displayOptions: fromInputItems,
		},
		templateIdField,
		...templateParameterFields.map((field) => ({
			...field,
			displayOptions: { show: { ...field.displayOptions?.show, ...fromInputItems.show } },
		})),
	],
	options: [
		signatureIdOption,
		tagOption,
		batchSizeOption,
		concurrencyOption,
		checkFirstOption,
		duplicateRecipientsOption,
		maxRecipientsOption,
		sendOnceKeyOption,
	],
	usesTemplate: true,
	readShared: ({ read, option }) => {
		const signId = readSignatureId(option);
		const tag = readTag(option);
		return { tempId: readTemplateId(read), ...(signId !== undefined && { signId }), ...(tag !== undefined && { tag }) };
	},
	buildRequest: ({ tempId, signId, tag }, recipients) => ({
		method: 'POST',
		path: '/messages/batch',
		body: {
			temp_id: tempId,
			...(signId !== undefined && { sign_id: signId }),
			...(tag !== undefined && { tag }),
			recipients: recipients.map(({ mobile, tempPara }) => ({ mobile, temp_para: tempPara })),
		},
	}),
	match: matchRows,
};
