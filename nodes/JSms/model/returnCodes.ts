import { toInteger } from './json';
import { maskKeys, maskNumbers } from './mask';

/**
 * Return codes of the JSMS service: what each one means to a person and what it means for sending.
 *
 * Numbers, HTTP statuses and messages come from the service's pages ("SMS Sending API", "Schedule", "Account",
 * "Template" and "Signature" of docs.jiguang.cn/jsms/server); meaning and hint are our words.
 */

/**
 * Whom a refusal concerns.
 * - `recipient`: this number or its values; others can still get through.
 * - `request`: the content of the whole request.
 * - `template`: every message with the same template or signature.
 * - `application`: every message of the application (keys, balance, blocks).
 * - `code`: the response of a verification, a normal result rather than an error.
 */
export type Scope = 'recipient' | 'request' | 'template' | 'application' | 'code';

export interface ReturnCode {
	code: number;
	httpStatus: number;
	/** The service's own words. */
	message: string;
	/** What happened, one plain sentence. */
	meaning: string;
	/** What to do about it, one plain sentence. */
	hint: string;
	scope: Scope;
	/** True only where nothing was sent and trying the same again later can work. */
	safeToRetry: boolean;
	/** True where one bad row can make the service refuse a whole batch, so that splitting the batch helps. */
	splittable?: boolean;
}

/** An internal error of the service in the middle of its work: the one code that does not prove that nothing was sent. */
export const SERVER_ERROR = 50019;

/** What to do about a message with an unknown result. */
export const LOOK_UP_FIRST =
	'The message may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for this number before you resend.';

/** Characters of the service's own words that are passed on; the longest documented message has 61. */
const MAX_MESSAGE = 300;

type TableRow = [
	code: number,
	httpStatus: number,
	message: string,
	scope: Scope,
	retry: 'later' | 'no',
	split: 'split' | '',
	meaning: string,
	hint: string,
];

/* prettier-ignore */
const TABLE: TableRow[] = [
	[50001, 400, 'missing auth', 'application', 'later', '', 'No keys reached JSMS.', 'Fill in App Key and Master Secret in the credential.'],
	[50002, 401, 'auth failed', 'application', 'later', '', 'JSMS did not accept the keys.', 'Copy App Key and Master Secret again from the application settings of the Jiguang console.'],
	[50003, 400, 'missing body', 'request', 'no', 'split', 'The request arrived without content.', 'Check whether a proxy between n8n and JSMS removes the request body.'],
	[50004, 400, 'missing mobile', 'recipient', 'no', 'split', 'The mobile number is empty.', "Fill in 'Mobile Number' for this item."],
	[50005, 400, 'missing temp_id', 'template', 'no', '', 'The template ID is empty.', "Fill in 'Template ID'."],
	[50006, 403, 'invalid mobile', 'recipient', 'no', 'split', 'The mobile number is not valid.', 'Use an 11-digit mainland China number, one number per item.'],
	[50007, 403, 'invalid body', 'request', 'no', 'split', 'JSMS could not read the request.', "Usually a template parameter holds something unusual: check 'Template ID' and the parameters of this item."],
	[50008, 403, 'no sms code auth', 'application', 'later', '', 'The SMS service is not activated for this application.', 'Activate the SMS service for the application in the Jiguang console.'],
	[50009, 403, 'out of freq', 'recipient', 'later', '', 'Too many messages to this number.', 'Wait before you resend: 20 seconds for voice codes, 10 minutes for the same notification, up to 24 hours for daily limits. You may also have set a lower limit: Jiguang console > 短信设置 > 其他设置 > 防轰炸设置.'],
	[50010, 403, 'invalid code', 'code', 'no', '', 'The verification code is wrong.', 'Let the person enter the code again.'],
	[50011, 403, 'expired code', 'code', 'no', '', 'The verification code has expired.', 'Send a new code.'],
	[50012, 403, 'verified code', 'code', 'no', '', 'The verification code was already used.', 'Send a new code. If the connection dropped during an earlier check, that check most likely passed.'],
	[50013, 403, 'invalid temp_id', 'template', 'no', '', 'There is no template with this ID in the application.', "Look up the ID in the Jiguang console (短信管理 > 模版管理) and correct 'Template ID'."],
	[50014, 403, 'no money', 'application', 'later', '', 'The SMS balance is used up.', 'Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信).'],
	[50015, 400, 'missing code', 'request', 'no', '', 'The verification code is empty.', "Fill in 'Code'."],
	[50016, 404, 'api not found', 'application', 'no', '', 'JSMS does not know this address.', "Check 'Base URL' in the credential; it normally ends in /v1."],
	[50017, 415, 'media not supported', 'application', 'no', '', 'JSMS did not accept the content type.', 'Check whether a proxy between n8n and JSMS changes the request headers.'],
	[50018, 405, 'request method not support', 'application', 'no', '', 'JSMS did not accept the request method.', 'Check whether a proxy between n8n and JSMS changes the request method.'],
	[50019, 500, 'server error', 'request', 'no', '', 'JSMS had an internal error.', LOOK_UP_FIRST],
	[50020, 403, 'template auditing', 'template', 'later', '', 'The template is still under review.', 'Wait until Jiguang has approved the template.'],
	[50021, 403, 'template not pass', 'template', 'no', '', 'The template was rejected in review.', 'Correct the template in the Jiguang console or choose another one.'],
	[50022, 403, 'parameters not all replaced', 'recipient', 'no', 'split', 'Not all parameters of the template were given.', 'Fill in every parameter of the template for this item.'],
	[50023, 403, 'parameters is empty', 'recipient', 'no', 'split', 'A template parameter is empty.', 'Fill in every parameter of the template for this item.'],
	[50024, 403, 'unsubscribed mobile', 'recipient', 'no', 'split', 'This number has unsubscribed.', 'Take the number off your list.'],
	[50025, 403, 'wrong template type', 'template', 'no', '', 'This kind of template cannot be used here.', 'Verification codes need a verification template, messages a notification or marketing template.'],
	[50026, 403, 'wrong msg_id', 'code', 'no', '', 'JSMS does not know this message ID.', "Use the msg_id that 'Send Text Code' or 'Send Voice Code' returned, with the same credential."],
	[50027, 403, 'invalid send_time', 'request', 'no', '', 'The send time is empty or in the past.', "Choose a later 'Send Time'."],
	[50028, 403, 'invalid schedule_id', 'request', 'no', '', 'There is no schedule with this ID.', "Check 'Schedule ID', and use the credential of the application that made the schedule. JSMS may no longer know one that was sent or deleted."],
	[50029, 403, 'wrong schedule status', 'request', 'no', '', 'The schedule is no longer waiting: it was already sent or deleted.', 'Check 发送记录 (send records) in the Jiguang console before you schedule these messages again.'],
	[50030, 403, 'recipients is empty', 'request', 'no', 'split', 'The list of recipients is empty.', 'Give at least one recipient.'],
	[50031, 403, 'too much recipients', 'request', 'no', '', 'A request had more than 1,000 recipients.', "Lower 'Batch Size' to 1,000 or less."],
	[50033, 403, 'app quota not assigned', 'application', 'no', '', 'The application has no quota of its own.', "Assign quota to the application in the Jiguang console, or check the account balance with 'Get Developer Balance'."],
	[50034, 403, 'repeat send', 'recipient', 'no', 'split', 'The same text was already sent to this number.', 'If the first message is enough, do nothing. To send another one, change the text.'],
	[50035, 403, 'illegal IP', 'application', 'later', '', 'The IP address of this n8n is not on the allow-list of the application.', "In the Jiguang console open 短信设置 > 其他设置 > IP白名单 and add n8n's public IPv4 address (10 at most). If the address changes, leave the list empty."],
	[50036, 403, 'app in black', 'application', 'later', '', 'Jiguang has blocked the application.', "Contact Jiguang's support."],
	[50037, 403, 'has black word', 'recipient', 'no', 'split', 'JSMS blocks a word in this text.', 'JSMS does not say which word (敏感词): check the values of this item, then the template.'],
	[50038, 403, 'invalid code length', 'recipient', 'no', 'split', 'The voice code does not have 4 to 8 digits, or the message is longer than 500 characters.', 'Use 4 to 8 digits for a voice code, or shorter values for a long message.'],
	[50039, 403, 'invalid code type', 'request', 'no', '', 'The voice code contains something other than digits.', "Use only digits in 'Code'."],
	[50040, 403, 'invalid voice language type', 'request', 'no', '', 'The language of the voice code is not known.', "Choose Chinese, English or both in 'Language'."],
	[50041, 403, 'invalid ttl value', 'request', 'no', '', 'The validity period is out of range.', 'Use 1 to 86,400 seconds.'],
	[50042, 403, 'template is empty', 'request', 'no', '', 'The template text is empty.', 'Fill in the text of the template.'],
	[50043, 403, 'template too long', 'request', 'no', '', 'The template text is too long.', 'Shorten the text; signature and text together may have 500 characters.'],
	[50044, 403, 'template parameter invalid', 'request', 'no', '', 'A parameter of the template has a name that is not allowed.', 'Use letters and digits in parameter names.'],
	[50045, 403, 'remark too long', 'request', 'no', '', 'The remark is too long.', 'Shorten the remark.'],
	[50046, 403, 'signature not set', 'template', 'later', '', 'The application has no approved signature.', 'Create a signature in the Jiguang console (签名管理). Its review usually takes up to two working days, the registration with the carriers another 3 to 5 on average.'],
	[50047, 403, 'modify template not allow', 'request', 'no', '', 'Only rejected templates can be changed.', 'Create a new template instead.'],
	[50051, 403, 'signatures not exist', 'template', 'later', '', 'The application has no approved signature that this message could use.', "Check 'Signature ID', or create a signature in the Jiguang console (签名管理). Its review usually takes up to two working days, the registration with the carriers another 3 to 5 on average."],
	[50052, 403, 'template contains special symbol', 'request', 'no', '', 'The template text contains a symbol that is not allowed.', 'Remove symbols such as 【 and 】.'],
	[50053, 403, 'special template parameter need extra remark for confirmation', 'request', 'no', '', 'A link parameter must be explained in the remark.', 'Put the link into the remark.'],
	[50054, 403, 'content contains special symbol', 'recipient', 'no', 'split', 'A value contains a symbol that is not allowed in an SMS.', 'Remove symbols such as 【 and 】 from the values of this item.'],
	[50101, 403, 'invalid image', 'request', 'no', '', 'The image was not accepted.', 'Use a PNG or JPG file of at most 2 MB.'],
	[50102, 403, 'invalid sign id', 'template', 'no', '', 'There is no signature with this ID in the application.', "Check 'Signature ID'."],
	[50103, 403, 'other signatures in the audit', 'request', 'later', '', 'Another signature is still under review.', 'Wait until its review is finished.'],
	[50104, 403, 'invalid signature', 'request', 'no', '', 'The signature was not accepted.', "Use 2 to 8 Chinese characters, letters or digits (one of Jiguang's pages says up to 16), without brackets, spaces or symbols."],
	[50105, 403, 'default signature cannot be deleted', 'request', 'no', '', 'The default signature cannot be deleted.', 'Choose another default signature in the Jiguang console first.'],
];

/** The codes of the service in ascending order. */
export const RETURN_CODES: readonly ReturnCode[] = TABLE.map(
	([code, httpStatus, message, scope, retry, split, meaning, hint]) => ({
		code,
		httpStatus,
		message,
		meaning,
		hint,
		scope,
		safeToRetry: retry === 'later',
		...(split && { splittable: true }),
	}),
);

const BY_CODE: ReadonlyMap<number | undefined, ReturnCode> = new Map(RETURN_CODES.map((entry) => [entry.code, entry]));

/** Looks a return code up; undefined for a number that no page of the service lists. */
export function findReturnCode(code: number | undefined): ReturnCode | undefined {
	return BY_CODE.get(code);
}

/** A refusal of the service: nothing was sent. */
export interface Refusal {
	/** Return code of the service; absent where it gave none. */
	code?: number;
	httpStatus?: number;
	/** What happened in plain words, then the code and the service's own words in brackets. */
	message: string;
	/** What to do. */
	hint: string;
	scope: Scope;
	safeToRetry: boolean;
	splittable: boolean;
}

/**
 * Describes a refusal from a return code, as it stands in an error envelope or in the row of a batch.
 *
 * @param code       return code of the service
 * @param message    the service's own words
 * @param httpStatus status of the response; absent for rows
 */
export function describeRefusal(code: number | undefined, message: string | undefined, httpStatus?: number): Refusal {
	const known = findReturnCode(code);
	return {
		...(code !== undefined && { code }),
		...(httpStatus !== undefined && { httpStatus }),
		message: sentenceOf(known, code, message === undefined ? known?.message : presentable(message)),
		hint:
			known?.hint ??
			"JSMS gave a code that its documentation does not explain. Send the code and the time to Jiguang's support.",
		scope: known?.scope ?? 'request',
		// The service's pages know no 429; shared gateways respond with it before anything is done.
		safeToRetry: known?.safeToRetry ?? httpStatus === 429,
		splittable: known?.splittable ?? false,
	};
}

function sentenceOf(known: ReturnCode | undefined, code: number | undefined, words: string | undefined): string {
	const meaning = known ? known.meaning.replace(/\.$/, '') : 'JSMS refused the request';
	const source = [code, words].filter((part) => part !== undefined).join(' ');
	return source === '' ? `${meaning} without a reason` : `${meaning} (${source})`;
}

/**
 * The service's words go into every row, into errors and hints: short, without anybody's whole number, without the keys. Cut
 * before masking only far behind what is shown, so that no half of a number is left.
 */
function presentable(message: string): string {
	const masked = maskNumbers(maskKeys(message.slice(0, 20 * MAX_MESSAGE)));
	return masked.length > MAX_MESSAGE ? `${masked.slice(0, MAX_MESSAGE)}…` : masked;
}

/** What a code says of the message that it stands beside. */
export type CodeMeaning = 'accepted' | 'refused' | 'unreadable';

/** Codes that mean "no error"; 50000 is in the service's table ("success"), 0 is what clients expect. */
const NO_ERROR: ReadonlyArray<number | undefined> = [0, 50000];

/** Reads a code for what it proves: absent, null, 0 and 50000 mean "no error". */
export function meaningOfCode(value: unknown): CodeMeaning {
	if (value === undefined || value === null) return 'accepted';
	const code = toInteger(value);
	if (code === undefined) return 'unreadable';
	return NO_ERROR.includes(code) ? 'accepted' : 'refused';
}
