import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../model/operation';
import { compileTemplate } from '../model/templateText';
import { toWholeNumber } from './numbers';
import { readRequiredText } from './requiredText';
import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';

/** Limits of the "Template" page; where pages disagree (350 or 500, 100 or 500) the larger one, so that nothing is refused wrongly. */
const MAX_TEXT = 500;
const MAX_REMARK = 500;

const CODE = 1;

/** What a template is made of. */
export const templateTextFields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. 您的取件码是{{number}}，请凭取件码领取包裹。',
		description:
			'The text with its parameters in double braces and without signature. With signature and opt-out phrase an SMS has at most 500 characters.',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 2,
		options: [
			{ name: 'Marketing', value: 3, description: 'Advertising; JSMS adds 拒收请回复R (opt-out) to the end' },
			{ name: 'Notification', value: 2, description: 'Orders, deliveries, appointments' },
			{ name: 'Verification Code', value: 1, description: 'One parameter, named code' },
		],
		description: 'What the template is for. The reviewer checks the text against this.',
	},
	{
		displayName: 'Validity Period',
		name: 'ttl',
		type: 'number',
		default: 300,
		typeOptions: { minValue: 1, maxValue: 86400, numberPrecision: 0 },
		displayOptions: { show: { type: [CODE] } },
		description: 'Seconds for which a code can be checked, 1 to 86400',
	},
];

export const remarkOption: INodeProperties = {
	displayName: 'Remark',
	name: 'remark',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com 发票通知',
	description: 'For the reviewer: what the template is for. A template with a link parameter needs the link here.',
};

/**
 * Reads a template as the service takes it.
 * @throws InputProblem for what the service would refuse, with the rule in the sentence
 */
export function readTemplateText({ read, option }: ItemInput): IDataObject {
	const text = readTemplateBody(read);
	const typeHint = "Choose one of the types in the list of 'Type'.";
	const type = toWholeNumber(read('type'), "'Type'", { min: 1, max: 3 }, typeHint);
	checkParameters(text, type);
	const remark = readRemark(option, compileTemplate(text).names.includes('url'));
	return {
		template: text,
		type,
		...(type === CODE && {
			ttl: toWholeNumber(
				read('ttl'),
				"'Validity Period'",
				{ min: 1, max: 86400 },
				"Set 'Validity Period' to 1 to 86400 seconds.",
			),
		}),
		...(remark !== undefined && { remark }),
	};
}

function readTemplateBody(read: Read): string {
	const text = readRequiredText(read, 'text', 'Text', 'Give the text of the template.');
	if (/[【】]/.test(text)) {
		throw new InputProblem(
			"'Text' contains 【 or 】, which are kept for the signature",
			'Remove them: JSMS adds the signature.',
		);
	}
	const { length } = Array.from(text);
	if (length > MAX_TEXT) {
		throw new InputProblem(
			`'Text' has ${length} characters; with signature and opt-out phrase an SMS has at most ${MAX_TEXT}`,
			'Shorten the text.',
		);
	}
	return text;
}

function checkParameters(text: string, type: number): void {
	const written = Array.from(text.matchAll(/\{\{([^{}]*)\}\}/g), ([, name]) => name.trim());
	if (type === CODE && (written.length !== 1 || written[0] !== 'code')) {
		throw new InputProblem(
			'A template for verification codes has exactly one parameter, {{code}}',
			"Write {{code}} once into 'Text', or choose another 'Type'.",
		);
	}
	const bad = written.find((name) => !/^[A-Za-z0-9](\w*[A-Za-z0-9])?$/.test(name));
	if (bad !== undefined) {
		throw new InputProblem(
			`The parameter {{${bad}}} has a name that JSMS does not allow`,
			'Use letters and digits in parameter names; _ is allowed between them.',
		);
	}
}

function readRemark(option: Read, needsLink: boolean): string | undefined {
	const value = option('remark');
	const text = isEmpty(value) ? '' : value;
	if (typeof text !== 'string') {
		throw new InputProblem(`'Remark' holds ${kindOf(value)} instead of a text`, "Give 'Remark' a text, or remove it.");
	}
	if (text.length > MAX_REMARK) {
		throw new InputProblem(
			`'Remark' has ${text.length} characters; JSMS allows at most ${MAX_REMARK}`,
			"Shorten 'Remark'.",
		);
	}
	if (needsLink && !/https?:\/\//i.test(text)) {
		throw new InputProblem(
			'The parameter {{url}} stands for a link, which must be explained in the remark',
			"Put the link into the option 'Remark', preferably at its beginning.",
		);
	}
	return text === '' ? undefined : text;
}
