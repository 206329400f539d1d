import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Shared, TemplateParameters } from '../model/recipient';
import type { ItemInput } from '../model/operation';
import { mobileField, readMobile } from './mobile';
import {
	allowUnusualValuesOption,
	checkBalanceOption,
	checkFirstOption,
	concurrencyOption,
	duplicateRecipientsOption,
	maxRecipientsOption,
	readSignatureId,
	readTag,
	sendOnceKeyOption,
	signatureIdOption,
	tagOption,
} from './options';
import { recipientFields } from './recipients';
import { rowsOnOption } from './rowsOn';
import { signatureToCountOption } from './signatureText';
import { readTemplateId, templateIdField } from './template';
import { commonParametersField, templateParameterFields } from './templateParameters';

/** What a template message to one number is made of, sent at once or scheduled. */
export const messageFields: INodeProperties[] = [mobileField, templateIdField, ...templateParameterFields];

export const messageOptions: INodeProperties[] = [
	signatureIdOption,
	sendOnceKeyOption,
	concurrencyOption,
	allowUnusualValuesOption,
	checkFirstOption,
	checkBalanceOption,
	signatureToCountOption,
];

/**
 * The body of a message to one number ("Sending a Template SMS", "Schedule").
 * @throws InputProblem for bad input
 */
export function readMessage({ read, option, templateParameters }: ItemInput): IDataObject {
	const signId = readSignatureId(option);
	return {
		mobile: readMobile(read),
		temp_id: readTemplateId(read),
		...toTempPara(templateParameters()),
		...(signId !== undefined && { sign_id: signId }),
	};
}

const fromInputItems = { show: { recipientsFrom: ['inputItems'] } };

/** What a template message to many numbers is made of, sent at once or scheduled. */
export const batchFields: INodeProperties[] = [
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
	commonParametersField,
];

/** Options of a batch but for its size. */
export const batchOptions: INodeProperties[] = [
	signatureIdOption,
	tagOption,
	concurrencyOption,
	allowUnusualValuesOption,
	checkFirstOption,
	checkBalanceOption,
	signatureToCountOption,
	duplicateRecipientsOption,
	maxRecipientsOption,
	rowsOnOption,
	sendOnceKeyOption,
];

/**
 * What the recipients of one request have in common.
 * @throws InputProblem for bad input
 */
export function readShared({ read, option }: Pick<ItemInput, 'read' | 'option'>): Shared {
	const signId = readSignatureId(option);
	const tag = readTag(option);
	return { tempId: readTemplateId(read), ...(signId !== undefined && { signId }), ...(tag !== undefined && { tag }) };
}

/** The body of a message to many numbers ("Sending Bulk Template SMS", "Schedule"). */
export function toBatchBody(
	{ tempId, signId, tag }: Shared,
	recipients: Array<{ mobile: string; tempPara: TemplateParameters }>,
): IDataObject {
	return {
		temp_id: tempId,
		...(signId !== undefined && { sign_id: signId }),
		...(tag !== undefined && { tag }),
		recipients: recipients.map(({ mobile, tempPara }) => ({ mobile, ...toTempPara(tempPara) })),
	};
}

/** Left out where there are no parameters, as the service's own clients do: an empty one could be refused (50023). */
function toTempPara(parameters: TemplateParameters): { temp_para?: TemplateParameters } {
	return Object.keys(parameters).length > 0 ? { temp_para: parameters } : {};
}
