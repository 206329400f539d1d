import type { Resource } from '../../model/operation';
import { sendText } from './sendText.operation';
import { sendVoice } from './sendVoice.operation';
import { verify } from './verify.operation';

export const verificationCode: Resource = {
	value: 'verificationCode',
	name: 'Verification Code',
	description: 'Send and check verification codes',
	operations: [sendText, sendVoice, verify],
};
