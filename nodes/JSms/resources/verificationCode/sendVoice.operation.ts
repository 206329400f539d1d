import { readVoiceCode } from '../../fields/code';
import { mobileField, readMobile } from '../../fields/mobile';
import { toWholeNumber } from '../../fields/numbers';
import { concurrencyOption, sendOnceKeyOption } from '../../fields/options';
import { isEmpty } from '../../model/inputProblem';
import type { SingleOperation } from '../../model/operation';
import { toSentMessage } from '../sentMessage';

/** POST /voice_codes: a call reads the code out. */
export const sendVoice: SingleOperation = {
	kind: 'single',
	effect: 'once',
	sends: true,
	value: 'sendVoice',
	name: 'Send Voice Code',
	action: 'Send voice verification code',
	description: 'Call a number and read a code out',
	fields: [mobileField],
	options: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. 039482',
			description: 'A code of your own, 4 to 8 digits. Leave it out to let JSMS generate one.',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			default: 0,
			options: [
				{ name: 'Chinese', value: 0 },
				{ name: 'Chinese and English', value: 2 },
				{ name: 'English', value: 1 },
			],
			description: 'The language in which the code is read out',
		},
		{
			displayName: 'Validity Period',
			name: 'ttl',
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1, maxValue: 86400, numberPrecision: 0 },
			description: 'Seconds for which the code can be checked, 1 to 86400',
		},
		concurrencyOption,
		sendOnceKeyOption,
	],
	buildRequest: ({ read, option }) => {
		const code = readVoiceCode(option);
		const language = option('language');
		const ttl = option('ttl');
		return {
			method: 'POST',
			path: '/voice_codes',
			body: {
				mobile: readMobile(read),
				...(code !== undefined && { code }),
				...(!isEmpty(language) && {
					voice_lang: toWholeNumber(
						language,
						"'Language'",
						{ min: 0, max: 2 },
						"Choose one of the languages in 'Language'.",
					),
				}),
				...(!isEmpty(ttl) && {
					ttl: toWholeNumber(
						ttl,
						"'Validity Period'",
						{ min: 1, max: 86400 },
						"Set 'Validity Period' to 1 to 86400 seconds.",
					),
				}),
			},
		};
	},
	toItems: toSentMessage,
};
