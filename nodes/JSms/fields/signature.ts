import type { INodeProperties } from 'n8n-workflow';

import type { FormPart } from '../model/request';
import { isRecord } from '../model/json';
import type { ItemInput } from '../model/operation';
import { readImage } from './image';
import { toWholeNumber } from './numbers';
import { readRequiredText } from './requiredText';
import { InputProblem, isEmpty, type Read } from '../model/inputProblem';

export const signatureIdField: INodeProperties = {
	displayName: 'Signature ID',
	name: 'signatureId',
	type: 'number',
	default: '',
	required: true,
	typeOptions: { minValue: 0, numberPrecision: 0 },
	placeholder: 'e.g. 37001',
	description: 'The sign_id that creating the signature returned, or the ID from the Jiguang console',
};

/**
 * Reads the ID of a signature.
 * @throws InputProblem when it is no positive whole number
 */
export function readSignatureIdField(read: Read): number {
	const hint = "Copy the ID from the Jiguang console (短信管理 > 签名管理) into 'Signature ID'.";
	return toWholeNumber(read('signatureId'), "'Signature ID'", { min: 1, max: Number.MAX_SAFE_INTEGER }, hint);
}

const image = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	description: `${description}. Enter the name of the binary field that holds it.`,
});

/** Pictures of the forms of 2018 and of 2025, by the names of their parts ("Signature" page). */
const IMAGES: INodeProperties[] = [
	image('App Screenshot', 'icpAppScreenshot', 'Screenshot of the ICP registration of an app, for the type App'),
	image('Business License', 'businessLicenseImage', 'Business license, for the type Company'),
	image('ID Card', 'idCardImage', 'Identity card of the legal representative'),
	image('Image 1 (Old Form)', 'image0', 'First picture of the form of 2018'),
	image('Image 2 (Old Form)', 'image1', 'Second picture of the form of 2018'),
	image('Image 3 (Old Form)', 'image2', 'Third picture of the form of 2018'),
	image('Image 4 (Old Form)', 'image3', 'Fourth picture of the form of 2018'),
	image('Other', 'otherImage', 'Anything else that proves the right to use the signature'),
	image('Third-Party Authorization', 'thirdPartyAuthImage', 'Authorization from somebody else, for the type Other'),
	image('Trademark', 'trademarkImage', 'Trademark certificate, for the type Trademark'),
];

/** Texts of the form of 2025 beside the signature itself. */
const TEXTS: INodeProperties[] = [
	{
		displayName: 'Legal Representative',
		name: 'legalPersonName',
		type: 'string',
		default: '',
		description: 'Name of the legal representative, as on the identity card',
	},
	{
		displayName: 'Legal Representative ID Number',
		name: 'legalPersonIdNumber',
		type: 'string',
		default: '',
		description: 'The 18 characters of the identity card',
	},
	{
		displayName: 'Remark',
		name: 'remark',
		type: 'string',
		default: '',
		description: 'What the signature is for, at most 100 characters',
	},
	{
		displayName: 'Social Credit Code',
		name: 'socialCreditCode',
		type: 'string',
		default: '',
		description: 'The 18 characters of the company on its business license',
	},
	{
		displayName: 'Third-Party Company',
		name: 'thirdPartyCompanyName',
		type: 'string',
		default: '',
		description: 'Name of the company that gave the authorization',
	},
];

/** What these texts look like, where that is known. */
const RULES = new Map([
	['legalPersonIdNumber', { shape: /^\d{17}[\dXx]$/, says: '18 characters: 17 digits, then a digit or X' }],
	['socialCreditCode', { shape: /^[0-9A-Za-z]{18}$/, says: '18 letters and digits' }],
	['remark', { shape: /^[^]{0,100}$/u, says: 'at most 100 characters' }],
]);

/**
 * What the review of a type needs since 2025 ("Signature" page). Said, not checked: nobody has seen what the service refuses.
 * @param picture the one that this type needs beside the identity card
 */
const needs = (picture: string) =>
	`Needs the images ${picture} and ID Card, and the options Legal Representative, Legal Representative ID Number and Social Credit Code`;

/** What a signature is made of. */
export const signatureFields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 示例科技',
		description:
			'The signature without brackets: 2 to 8 letters, digits or Chinese characters. JSMS puts 【】 around it.',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 1,
		options: [
			{ name: 'App', value: 3, description: needs('App Screenshot') },
			{ name: 'Company', value: 1, description: needs('Business License') },
			{ name: 'Online Shop (Old Form)', value: 5 },
			{ name: 'Other', value: 7, description: needs('Third-Party Authorization') },
			{ name: 'Public Account or Mini Program (Old Form)', value: 4 },
			{ name: 'Registered Website (Old Form)', value: 2 },
			{ name: 'Trademark', value: 6, description: needs('Trademark') },
		],
		description:
			'The kind of name that the signature is. Since 2025, JSMS accepts only Company, App, Trademark and Other; each needs documents.',
	},
	{
		displayName: 'Images',
		name: 'images',
		type: 'collection',
		placeholder: 'Add Image',
		default: {},
		options: IMAGES,
		description: 'Pictures for the review, PNG or JPG of at most 2 MB each',
	},
];

export const signatureOptions: INodeProperties[] = TEXTS;

/**
 * Reads a signature as the parts of a form; what was not given is left out.
 * @throws InputProblem for what the service would refuse
 */
export async function readSignatureForm({ read, option, binary }: ItemInput): Promise<FormPart[]> {
	const parts: FormPart[] = [{ field: 'sign', text: readSign(read) }];
	const type = toWholeNumber(
		read('type'),
		"'Type'",
		{ min: 1, max: 7 },
		"Choose one of the types in the list of 'Type'.",
	);
	parts.push({ field: 'type', text: String(type) });
	for (const { name, displayName } of TEXTS) {
		const value = option(name);
		if (isEmpty(value)) continue;
		const text = typeof value === 'number' ? String(value) : value;
		// Without the value: it may be an identity number.
		const rule = RULES.get(name);
		if (typeof text !== 'string' || (rule && !rule.shape.test(text.trim()))) {
			throw new InputProblem(
				`'${displayName}' is not ${rule?.says ?? 'a text'}`,
				`Correct '${displayName}', or remove it.`,
			);
		}
		parts.push({ field: name, text: text.trim() });
	}
	const images = read('images');
	for (const { name, displayName } of IMAGES) {
		if (!isRecord(images) || images[name] === undefined) continue;
		parts.push(await readImage(displayName, name, images[name], binary));
	}
	return parts;
}

function readSign(read: Read): string {
	const hint = "Give 'Text' 2 to 8 letters, digits or Chinese characters.";
	const text = readRequiredText(read, 'text', 'Text', hint).trim();
	if (/[【】[\]]/.test(text)) {
		throw new InputProblem("'Text' contains brackets", 'Remove them: JSMS adds 【】 around the signature.');
	}
	const { length } = Array.from(text);
	// Pages of the service disagree, 8 or 16: only what all of them refuse is refused here.
	if (length < 2 || length > 16)
		throw new InputProblem(`'Text' has ${length} character${length === 1 ? '' : 's'}`, hint);
	if (!/^[\p{L}\p{N}]+$/u.test(text)) {
		throw new InputProblem("'Text' contains something other than letters, digits and Chinese characters", hint);
	}
	return text;
}
