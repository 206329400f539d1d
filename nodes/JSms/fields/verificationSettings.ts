import { isRecord } from '../model/json';
import { toWholeNumber } from './numbers';
import { readSignatureId } from './options';
import { InputProblem, isEmpty, kindOf, type Read } from '../model/inputProblem';
import { readTemplateId } from './template';
import { DEFAULT_LIMITS, LARGEST_LIMITS } from './verification';

/** A field that the page asks for beside the number. */
export interface MoreField {
	name: string;
	label: string;
	type: 'text' | 'email' | 'fromUrl';
	required: boolean;
}

/** What the fields of the verification trigger say. */
export interface VerificationSettings {
	templateId: number;
	/** Undefined for the default signature of the application. */
	signatureId?: number;
	/** Empty texts stand for those in the visitor's language. */
	title: string;
	description: string;
	successText: string;
	sendButton: string;
	verifyButton: string;
	moreFields: MoreField[];
	/** Undefined where a text is shown instead. */
	redirectUrl?: string;
	respond: 'onReceived' | 'lastNode';
	language: 'visitor' | 'zh' | 'en';
	/** Undefined for the color of the package. */
	buttonColor?: string;
	/** Seconds. */
	resendAfter: number;
	triesPerCode: number;
	codesPerNumberAndDay: number;
	codesPerAddressAndHour: number;
	codesPerHour: number;
	jsonApi: boolean;
	/** Origins in lower case. */
	allowedOrigins: string[];
	embedOrigins: string[];
}

/** Characters of a text on the page; visitors may have chosen it where it is an expression. */
const MAX_TEXT = 1000;
const MAX_FIELDS = 20;

/** Names of the output item, and one that JavaScript keeps for itself. */
const RESERVED = ['mobile', 'msg_id', 'verified_at', '__proto__'];

/**
 * Reads the fields of the verification trigger.
 * @throws InputProblem when a value cannot be right
 */
export function readVerificationSettings(field: Read, option: Read): VerificationSettings {
	const signatureId = readSignatureId(option);
	const jsonApi = option('jsonApi') === true;
	const redirects = field('afterVerification') === 'redirect';
	return {
		templateId: readTemplateId(field),
		...(signatureId !== undefined && { signatureId }),
		title: textOf(field('title')),
		description: textOf(field('description')),
		successText: redirects ? '' : textOf(field('successText')),
		sendButton: textOf(option('sendButton')),
		verifyButton: textOf(option('verifyButton')),
		moreFields: readMoreFields(field('moreFields')),
		...(redirects && { redirectUrl: readRedirectUrl(field('redirectUrl')) }),
		respond: jsonApi && field('respond') === 'lastNode' ? 'lastNode' : 'onReceived',
		language: readLanguage(option('language')),
		...readButtonColor(option('buttonColor')),
		resendAfter: readLimit(option, 'resendAfter', 'Resend After'),
		triesPerCode: readLimit(option, 'triesPerCode', 'Tries per Code'),
		codesPerNumberAndDay: readLimit(option, 'codesPerNumberAndDay', 'Codes per Number and Day'),
		codesPerAddressAndHour: readLimit(option, 'codesPerAddressAndHour', 'Codes per Address and Hour'),
		codesPerHour: readLimit(option, 'codesPerHour', 'Codes per Hour'),
		jsonApi,
		allowedOrigins: readOrigins(option('allowedOrigins'), "'Allowed Origins'"),
		embedOrigins: readOrigins(option('embedOrigins'), "'Embed Origins'"),
	};
}

/** Texts of the page may be expressions with what visitors put into the address, so anything may come; only texts are shown. */
function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, MAX_TEXT) : '';
}

function readLimit(option: Read, name: keyof typeof DEFAULT_LIMITS, label: string): number {
	const value = option(name);
	if (isEmpty(value)) return DEFAULT_LIMITS[name];
	const hint = `Set '${label}' under Options to a number within the range, or remove it.`;
	return toWholeNumber(value, `'${label}'`, { min: 1, max: LARGEST_LIMITS[name] }, hint);
}

function readLanguage(value: unknown): VerificationSettings['language'] {
	if (isEmpty(value)) return 'visitor';
	if (value === 'visitor' || value === 'zh' || value === 'en') return value;
	throw new InputProblem(
		`'Language' must be one of the languages in the list, not ${kindOf(value)}`,
		"Choose one of the languages in 'Language'.",
		'everyone',
	);
}

function readButtonColor(value: unknown): { buttonColor?: string } {
	if (isEmpty(value)) return {};
	if (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value.trim())) return { buttonColor: value.trim() };
	throw new InputProblem(
		`'Button Color' must be a color, not ${kindOf(value)}`,
		"Set 'Button Color' to a color such as #1a6fe0, or remove the option.",
		'everyone',
	);
}

function readRedirectUrl(value: unknown): string {
	const url = typeof value === 'string' && URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
	if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href;
	throw new InputProblem(
		isEmpty(value) ? "'Redirect URL' is empty" : `'Redirect URL' must be a web address, not ${kindOf(value)}`,
		"Set 'Redirect URL' to an address that starts with https:// or http://.",
		'everyone',
	);
}

function readOrigins(value: unknown, label: string): string[] {
	if (isEmpty(value)) return [];
	const hint = `Set ${label} to addresses without a path, such as https://www.example.com, separated by commas.`;
	if (typeof value !== 'string') throw new InputProblem(`${label} holds ${kindOf(value)}`, hint, 'everyone');
	const entries = value.split(',').map((one) => one.trim().replace(/\/$/, '').toLowerCase());
	return entries
		.filter((one) => one !== '')
		.map((one) => {
			// The pattern keeps anything out of the policy header that could end it or add to it.
			if (/^https?:\/\/[a-z\d.-]+(:\d{1,5})?$/.test(one) && URL.canParse(one)) return new URL(one).origin;
			throw new InputProblem(`${label} must hold addresses without a path, not ${kindOf(one)}`, hint, 'everyone');
		});
}

function readMoreFields(value: unknown): MoreField[] {
	const rows: unknown = isRecord(value) ? (value.field ?? []) : [];
	if (!Array.isArray(rows)) return [];
	if (rows.length > MAX_FIELDS) {
		throw new InputProblem(
			`'More Fields' has ${rows.length} fields`,
			`Use at most ${MAX_FIELDS} fields, and ask for the rest later.`,
			'everyone',
		);
	}
	const fields = rows.map(readMoreField);
	const repeated = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) !== index);
	if (repeated) {
		throw new InputProblem(
			`'More Fields' has two fields with the name '${repeated.name}'`,
			'Give every field a name of its own.',
			'everyone',
		);
	}
	return fields;
}

function readMoreField(row: unknown): MoreField {
	const { name, label, type = 'text', required } = isRecord(row) ? row : {};
	const hint = 'Use a name of letters, digits and underscores, at most 50.';
	if (typeof name !== 'string' || !/^\w{1,50}$/.test(name.trim())) {
		throw new InputProblem(`The name of a field in 'More Fields' is ${kindOf(name)}`, hint, 'everyone');
	}
	if (RESERVED.includes(name.trim())) {
		throw new InputProblem(`The name '${name.trim()}' in 'More Fields' is taken`, 'Use another name.', 'everyone');
	}
	if (type !== 'text' && type !== 'email' && type !== 'fromUrl') {
		throw new InputProblem(
			`The type of '${name.trim()}' in 'More Fields' is ${kindOf(type)}`,
			'Choose one of the types in the list.',
			'everyone',
		);
	}
	return { name: name.trim(), label: textOf(label) || name.trim(), type, required: required === true };
}
