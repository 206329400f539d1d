import { isRecord } from '../../model/json';
import { readVerificationCode } from '../../fields/code';
import { readPathPart } from '../../fields/pathPart';
import type { ApiRequest } from '../../model/request';
import type { SingleOperation } from '../../model/operation';

/** Why a code did not pass, by return code ("Verification Code Verifying": these come with HTTP 403). */
const REASONS = new Map([
	[50010, 'invalid'],
	[50011, 'expired'],
	[50012, 'alreadyVerified'],
	[50026, 'unknownMessage'],
]);

/** POST /codes/{msg_id}/valid: a code passes once, so a check is never repeated by the node itself. */
export const verify: SingleOperation = {
	kind: 'single',
	effect: 'once',
	value: 'verify',
	name: 'Verify',
	action: 'Verify code',
	description: 'Check the code that the person entered. A wrong code gives is_valid: false, not an error.',
	fields: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 288193860302',
			description: 'The msg_id that sending the code returned',
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 123456',
			description: 'The code the person entered',
		},
	],
	ifUnknown: 'Verify the code again: if JSMS says that it was already used, the first check passed.',
	buildRequest: (input) => {
		const hint = 'Use the msg_id that sending the code returned.';
		const messageId = readPathPart(input.read, 'messageId', 'Message ID', hint);
		return {
			method: 'POST',
			path: `/codes/${encodeURIComponent(messageId)}/valid`,
			body: { code: readVerificationCode(input) },
		};
	},
	toItems: (response, request) =>
		isRecord(response) && typeof response.is_valid === 'boolean'
			? [{ is_valid: response.is_valid, msg_id: messageIdOf(request) }]
			: undefined,
	refusalToItems: ({ code, message }, request) => {
		const reason = code === undefined ? undefined : REASONS.get(code);
		return reason === undefined
			? undefined
			: [{ is_valid: false, msg_id: messageIdOf(request), error_code: code, error_message: message, reason }];
	},
};

function messageIdOf({ path }: ApiRequest): string {
	return decodeURIComponent(path.split('/')[2]);
}
