import { isRecord, readText } from '../../json';
import { mobileField, readMobile } from '../../fields/mobile';
import {
	checkFirstOption,
	concurrencyOption,
	readSignatureId,
	sendOnceKeyOption,
	signatureIdOption,
} from '../../fields/options';
import { readTemplateId, templateIdField } from '../../fields/template';
import { templateParameterFields } from '../../fields/templateParameters';
import type { SingleOperation } from '../../operation';

/** POST /messages: one template SMS per item. */
export const send: SingleOperation = {
	kind: 'single',
	effect: 'act',
	sends: true,
	value: 'send',
	name: 'Send',
	action: 'Send message',
	description: 'Send a template SMS to one number per item',
	fields: [mobileField, templateIdField, ...templateParameterFields],
	options: [signatureIdOption, sendOnceKeyOption, concurrencyOption, checkFirstOption],
	usesTemplate: true,
	buildRequest: ({ read, option, templateParameters }) => {
		const signId = readSignatureId(option);
		return {
			method: 'POST',
			path: '/messages',
			body: {
				mobile: readMobile(read),
				temp_id: readTemplateId(read),
				temp_para: templateParameters(),
				...(signId !== undefined && { sign_id: signId }),
			},
		};
	},
	toItems: (answer, { body }) => {
		const msgId = isRecord(answer) ? readText(answer.msg_id) : undefined;
		return msgId === undefined ? undefined : [{ msg_id: msgId, mobile: body?.mobile, temp_id: body?.temp_id }];
	},
};
