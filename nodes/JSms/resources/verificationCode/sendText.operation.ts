import { mobileField, readMobile } from '../../fields/mobile';
import { concurrencyOption, readSignatureId, sendOnceKeyOption, signatureIdOption } from '../../fields/options';
import { readTemplateId, templateIdField } from '../../fields/template';
import type { SingleOperation } from '../../model/operation';
import { toSentMessage } from '../sentMessage';

/** POST /codes: JSMS generates the code, puts it into the template and remembers it for checking. */
export const sendText: SingleOperation = {
	kind: 'single',
	effect: 'once',
	sends: true,
	value: 'sendText',
	name: 'Send Text Code',
	action: 'Send text verification code',
	description: 'Send a code by SMS; JSMS generates the code and remembers it for checking',
	fields: [
		mobileField,
		{ ...templateIdField, default: 1, hint: 'A verification template; 1 is the one that JSMS provides' },
	],
	options: [signatureIdOption, sendOnceKeyOption, concurrencyOption],
	buildRequest: ({ read, option }) => {
		const signId = readSignatureId(option);
		return {
			method: 'POST',
			path: '/codes',
			body: {
				mobile: readMobile(read),
				temp_id: readTemplateId(read),
				...(signId !== undefined && { sign_id: signId }),
			},
		};
	},
	toItems: toSentMessage,
};
