import type { INodeProperties } from 'n8n-workflow';

import { MAX_BATCH_SIZE } from '../model/recipient';
import { isRecord } from '../model/json';
import { readAllowedHours, type AllowedHours } from './allowedHours';
import { toWholeNumber } from './numbers';
import { findMistake } from './parameterText';
import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';
import { readSignatureText } from './signatureText';

/** Time for one request, in milliseconds. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	default: 30000,
	typeOptions: { minValue: 1 },
	description: 'Milliseconds to wait for the response to one request. After that the result is unknown.',
};

export const signatureIdOption: INodeProperties = {
	displayName: 'Signature ID',
	name: 'signatureId',
	type: 'number',
	default: '',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	placeholder: 'e.g. 37001',
	description: 'The signature to put before the text. Leave it out for the default signature of the application.',
};

export const concurrencyOption: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	default: 4,
	typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
	description: 'How many requests may be under way at once, 1 to 20. The order of the output stays the same.',
};

export const checkFirstOption: INodeProperties = {
	displayName: 'Check Parameters First',
	name: 'checkFirst',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the template once per run and fail items with missing parameters before anything is sent',
};

export const checkBalanceOption: INodeProperties = {
	displayName: 'Check Balance First',
	name: 'checkBalance',
	type: 'boolean',
	default: false,
	description:
		'Whether to add up the SMS units of all texts before anything is sent, and to send nothing when the application certainly cannot pay for them. Reads the balance and each template once per run.',
};

export const tagOption: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'string',
	default: '',
	placeholder: 'e.g. spring',
	description: 'An internal label of at most 10 characters, never shown in the SMS',
};

export const batchSizeOption: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	default: MAX_BATCH_SIZE,
	typeOptions: { minValue: 1, maxValue: MAX_BATCH_SIZE, numberPrecision: 0 },
	description: 'Recipients per request, 1 to 1000',
};

export const duplicateRecipientsOption: INodeProperties = {
	displayName: 'Duplicate Recipients',
	name: 'duplicateRecipients',
	type: 'options',
	default: 'skip',
	options: [
		{ name: 'Send Each', value: 'send', description: 'Send to every recipient, even if it repeats another one' },
		{
			name: 'Skip Repeats',
			value: 'skip',
			description: 'Send to the same number with the same template and parameters only once',
		},
	],
	description: 'What to do when the same message would be sent to the same number more than once in this run',
};

export const sendOnceKeyOption: INodeProperties = {
	displayName: 'Send Once Key',
	name: 'sendOnceKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.orderId }}',
	description:
		'A value that is different for every message, such as an order number. A message whose key was already used, in this run or an earlier one, is not sent. The last 100,000 keys are remembered per saved workflow and node; two executions at the same moment can still both send.',
};

export const allowUnusualValuesOption: INodeProperties = {
	displayName: 'Allow Unusual Values',
	name: 'allowUnusualValues',
	type: 'boolean',
	default: false,
	description:
		"Whether to send parameter values that usually show a mistake, such as 'undefined', 'NaN', '[object Object]' or a date without a format. When off, such values fail before anything is sent.",
};

export const maxRecipientsOption: INodeProperties = {
	displayName: 'Max Recipients per Tool Call',
	name: 'maxRecipients',
	type: 'number',
	default: 10,
	typeOptions: { minValue: 1, numberPrecision: 0 },
	displayOptions: { show: { '@tool': [true] } },
	description: 'How many people an AI agent may send to in one call',
};

export const includeInputOption: INodeProperties = {
	displayName: 'Include Input',
	name: 'includeInput',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the data of the input item to each output item, under 'input', so that later nodes can use, for example, the customer number",
};

/** Settings that hold for a whole run. */
export interface RunSettings {
	/** Milliseconds per request. */
	timeout: number;
	/** Requests in flight. */
	concurrency: number;
	/** Recipients per batch request. */
	batchSize: number;
	/** Recipients an agent may send to in one call. */
	maxRecipients: number;
	/** Whether the balance must cover all SMS of the run. */
	checkBalance: boolean;
	/** When messages may go out; undefined for at any time. */
	allowedHours: AllowedHours | undefined;
	/** The signature to count with; undefined where it is not known. */
	signatureText: string | undefined;
}

/**
 * Reads the settings that hold for a whole run.
 * @param option reads one entry of the options collection; undefined where it was not added
 * @throws InputProblem for a value out of range
 */
export function readRunSettings(option: Read): RunSettings {
	const whole = (name: string, label: string, fallback: number, min: number, max: number) =>
		isEmpty(option(name))
			? fallback
			: toWholeNumber(
					option(name),
					`'${label}'`,
					{ min, max },
					`Set '${label}' under Options to a number within the range, or remove it.`,
				);
	return {
		timeout: whole('timeout', 'Timeout', 30000, 1, 3_600_000),
		concurrency: whole('concurrency', 'Concurrency', 4, 1, 20),
		batchSize: whole('batchSize', 'Batch Size', MAX_BATCH_SIZE, 1, MAX_BATCH_SIZE),
		maxRecipients: whole('maxRecipients', 'Max Recipients per Tool Call', 10, 1, Number.MAX_SAFE_INTEGER),
		checkBalance: option('checkBalance') === true,
		allowedHours: readAllowedHours(option),
		signatureText: option('checkBalance') === true ? readSignatureText(option) : undefined,
	};
}

/**
 * Reads the signature; undefined for the default signature of the application.
 * @throws InputProblem when it is no positive whole number
 */
export function readSignatureId(option: Read): number | undefined {
	const value = option('signatureId');
	if (isEmpty(value) || value === 0) return undefined;
	const hint = "Copy the ID from the Jiguang console (短信管理 > 签名管理) into 'Signature ID', or remove the option.";
	return toWholeNumber(value, "'Signature ID'", { min: 1, max: Number.MAX_SAFE_INTEGER }, hint);
}

/**
 * True when the node has the option, whatever it gives for an item.
 * @param options the node's 'options', with expressions evaluated or not; one expression in place of them all may give the option
 */
export function usesOnceKeys(options: unknown): boolean {
	return isRecord(options) ? Object.hasOwn(options, 'sendOnceKey') : typeof options === 'string' && options !== '';
}

/**
 * Reads the key of an item; undefined when the node does not have the option.
 * @param options the item's 'options', expressions evaluated
 * @throws InputProblem when the option is there without a key, because the item would be unprotected
 */
export function readOnceKey(options: unknown): string | undefined {
	if (!isRecord(options) || !usesOnceKeys(options)) return undefined;
	const { sendOnceKey: key } = options;
	const hint =
		"Use a value that is different for every message, for example {{ $json.orderId }}, or remove the option 'Send Once Key'.";
	if (isEmpty(key)) throw new InputProblem("'Send Once Key' is switched on, but the key is empty", hint);
	if (typeof key !== 'string' && typeof key !== 'number') {
		throw new InputProblem(`'Send Once Key' holds ${kindOf(key)} instead of a text`, hint);
	}
	// Such a key would be the same for all items: only one of them would be sent.
	const mistake = findMistake(String(key));
	if (mistake && !mistake.tellsApart) throw new InputProblem(`'Send Once Key' ${mistake.says}`, mistake.hint);
	return String(key);
}

/** Whether parameter values that show a mistake are to be sent; looked up only where one is found. */
export function allowsUnusual(read: Read): () => boolean {
	return () => {
		const options = read('options');
		return isRecord(options) && options.allowUnusualValues === true;
	};
}

/**
 * Reads the tag of a batch ("Sending Bulk Template SMS": at most 10 characters).
 * @throws InputProblem when it is longer or no text
 */
export function readTag(option: Read): string | undefined {
	const value = option('tag');
	if (isEmpty(value)) return undefined;
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string')
		throw new InputProblem(
			`'Tag' holds ${kindOf(value)} instead of a text`,
			"Give 'Tag' a text of at most 10 characters.",
		);
	if (Array.from(text).length > 10) {
		throw new InputProblem(
			`'Tag' has ${Array.from(text).length} characters`,
			"Shorten 'Tag' to at most 10 characters.",
		);
	}
	return text;
}
