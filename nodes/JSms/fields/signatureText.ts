import type { INodeProperties } from 'n8n-workflow';

import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

/** The service tells the text of a signature by its ID only, and not which one is the default. */
export const signatureTextOption: INodeProperties = {
	displayName: 'Signature Text',
	name: 'signatureText',
	type: 'string',
	default: '',
	placeholder: 'e.g. 示例科技',
	description:
		'The signature that JSMS puts in front of the text, so that it is shown and counted. 【】 are added around it. Nothing is sent.',
};

/** The same for a send, where it is of use for counting only. */
export const signatureToCountOption: INodeProperties = {
	...signatureTextOption,
	displayOptions: { show: { checkBalance: [true] } },
	description:
		'For counting units only: the signature that JSMS puts in front of the text. It does not select the signature. Without it the shortest possible signature is counted.',
};

/**
 * Reads the text of the signature without brackets; undefined when the option is not used.
 * @throws InputProblem when it is no text
 */
export function readSignatureText(option: Read): string | undefined {
	const value = option('signatureText');
	if (isEmpty(value)) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputProblem(
			`'Signature Text' holds ${kindOf(value)} instead of a text`,
			"Give 'Signature Text' the words of the signature, or remove the option.",
		);
	}
	const text = String(value)
		.trim()
		.replace(/^【([^【】]*)】$/, '$1')
		.trim();
	return text === '' ? undefined : text;
}
