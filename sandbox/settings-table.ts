import { RETURN_CODES } from './codes';

/**
 * Every switch of the sandbox. Most stand for a question the service's documentation leaves open: the default is
 * the choice the sandbox makes, the other values are the other readings.
 */

export interface Setting<T = unknown> {
	default: T;
	/** the only values allowed */
	choices?: readonly T[];
	check(value: unknown): boolean;
	/** the allowed values in words */
	expects: string;
	/** what it does */
	note: string;
}

/** @param choices the first one is the default */
const choice = <const T extends string | number>(choices: readonly T[], note: string): Setting<T> => ({
	default: choices[0],
	choices,
	check: (value) => choices.some((known) => known === value),
	expects: choices.map((value) => JSON.stringify(value)).join(', '),
	note,
});
const flag = (value: boolean, note: string): Setting<boolean> => ({
	default: value,
	choices: [value, !value],
	check: (given) => typeof given === 'boolean',
	expects: 'true, false',
	note,
});
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const count = (value: number, note: string): Setting<number> => ({
	default: value,
	check: isCount,
	expects: 'a whole number from 0',
	note,
});
const isText = (value: unknown) => typeof value === 'string';
const text = (value: string, note: string): Setting<string> => ({
	default: value,
	check: isText,
	expects: 'a text',
	note,
});
const list = <T>(value: T[], check: (entry: unknown) => boolean, what: string, note: string): Setting<T[]> => ({
	default: value,
	check: (given) => Array.isArray(given) && given.every(check),
	expects: `a list of ${what}`,
	note,
});
const texts = (value: string[], note: string) => list(value, isText, 'texts', note);

export const SETTINGS = Object.freeze({
	// Protocol
	contentType: choice(
		['tolerant', 'strict'],
		'`tolerant` takes any Content-Type or none; `strict` responds with 415/50017 to anything but `application/json`',
	),
	trailingSlash: choice(['accept', 'refuse'], '`refuse` responds with 404/50016 to a path that ends in a slash'),
	maxBodyBytes: count(0, 'larger request bodies are refused with 50007; 0 = no limit'),
	latencyMs: count(0, 'every request under `/v1` waits this long before it is processed'),

	// Sign-in
	malformedAuth: choice([50002, 50001], 'response to an Authorization header that is not Basic, or has no colon in it'),
	crossedKeys: choice(['refuse', 'accept'], 'the application pair on `/accounts/dev`: `refuse` is 401/50002'),
	wwwAuthenticate: flag(false, 'send a `WWW-Authenticate` header with 401'),
	applicationRefusals: choice(
		['everywhere', 'sends'],
		'where 50008 (service off) and 50036 (blacklisted) are the response: at every endpoint, or only where something is sent',
	),

	// Ids and answers
	msgIds: choice(
		['documented', 'strings', 'uuids'],
		'`documented`: digits, unquoted in the response of `/messages` only; `strings`: always quoted; `uuids`: 36 characters',
	),
	rowOrder: choice(['request', 'reversed', 'shuffled'], 'order of the rows in the response of a batch'),
	failedRowsCarryId: flag(true, 'failed rows of a batch have a `msg_id`'),
	failedRowsEchoParameters: flag(true, 'failed rows of a batch repeat their `temp_para`'),
	allRowsFailed: choice(
		['rows', 'envelope'],
		"a batch in which every row fails: 200 with rows, or the error envelope with the first row's code",
	),
	wholeRequestCodes: list<number>(
		[],
		(code) => typeof code === 'number' && Object.hasOwn(RETURN_CODES, code),
		'return codes',
		'row codes that refuse the whole batch with the error envelope (nothing sent) instead of one row',
	),
	templateTtl: choice(
		['absent', 'null', 'zero'],
		'`ttl` in the response of GET `/templates/{id}` for other than code templates',
	),

	// What is checked
	mobileCheck: choice(
		['mainland', 'digits'],
		'`mainland`: 11 digits starting with 1; `digits`: an optional plus sign and 5 to 20 digits',
	),
	codeTemplateInMessages: choice(
		['allow', 'refuse'],
		'a code template (type 1) sent through `/messages`; `refuse` is 50025',
	),
	extraParameters: choice(['ignore', 'refuse'], '`temp_para` keys the template does not have; `refuse` is 50007'),
	noParametersCode: choice([50022, 50023], 'response when a template with variables gets no `temp_para` at all'),
	scalarParameters: choice(['accept', 'refuse'], '`temp_para` values that are numbers or booleans; `refuse` is 50007'),
	emptyOptionals: choice(
		['ignore', 'judge', 'refuse'],
		'`sign_id`, `tag`, `code`, `voice_lang` and `ttl` that are there but empty texts: `ignore` takes them for not given, `judge` refuses them like any other wrong value, `refuse` is 50007',
	),
	longTag: choice(['refuse', 'accept'], 'a `tag` of more than 10 characters; `refuse` is 50007'),
	unknownSignature: choice(
		['refuse', 'ignore'],
		'`sign_id` that does not exist: 50102, or the default signature is used',
	),
	missingSignature: choice(
		[50046, 50051],
		'response to a send of an application without an approved signature; no page lists 50051, but it was seen',
	),
	unapprovedSignature: choice([50102, 50103, 50104], 'response to a `sign_id` that is not approved'),
	maxTextLength: count(500, 'longest text in characters, signature included; longer is 50038 (older pages say 350)'),
	blackWords: texts(['示例敏感词', 'exampleblackword'], 'words that make a text 50037'),
	optedOut: texts([], 'numbers that have opted out (50024)'),
	optOutApplies: choice(['marketing', 'all'], 'kinds of template refused to numbers that have opted out'),
	optOutPhrase: text('拒收请回复R', 'what the service adds to marketing texts'),
	marketingAtNight: choice(
		['send', 'refuse'],
		'marketing outside 08:00-21:00 China time; which code the service responds with is unknown, `refuse` is 50009 here',
	),
	magicEndings: flag(true, 'numbers ending in 0006, 0009, 0024, 0034, 0037 are refused'),

	// Frequency and repeats
	frequencyRules: choice(
		['relaxed', 'documented', 'off'],
		'50009. `relaxed`: voice 20 s apart, 200 text codes and 200 notifications per number in 24 h. `documented`: also 3 in 10 minutes for the same notification and for marketing',
	),
	repeatFilter: flag(true, 'same number and same text twice in one batch: 50034'),
	repeatWindowSeconds: count(
		0,
		'the repeat filter also looks back this long across requests; 0 = within one batch only',
	),
	balanceIntervalSeconds: count(0, 'GET of a balance sooner than this after the last one: 50009; 0 = off'),

	// Schedules
	sendTimeOffsetMinutes: count(480, 'zone of `send_time` in minutes ahead of UTC; the documentation names none'),
	scheduleHorizonDays: count(0, 'a `send_time` later than this many days ahead is 50027; 0 = no limit'),
	noScheduleFailures: choice(
		['empty', 'absent', 'null'],
		'`failure_recipients` in the response of a scheduled batch in which nobody failed',
	),
	scheduleKinds: choice(
		['separate', 'either'],
		'PUT of a single message on a scheduled batch, or the reverse: `separate` is 50028',
	),
	endedSchedule: choice([50028, 50029, 'answer'], 'GET of a schedule that was sent or deleted'),
	scheduleMoney: choice(
		['atSubmission', 'atSending'],
		'when balance and frequency of a scheduled message are checked; at sending, what fails is not sent',
	),

	// Receipts
	reportDelayMs: count(1000, 'so long after it was accepted a message is delivered, or not, and its report is there'),
	receiptsPerPull: count(500, 'records of one GET `/report` or `/reply`'),
	pullIntervalSeconds: count(5, 'sooner than this after the last pull of the same kind: see `pullTooSoon`; 0 = off'),
	pullTooSoon: choice(
		['refuse', 'empty'],
		'response to a pull that comes too soon: 50009, or as if nothing were there; nothing is consumed',
	),
	noReceipts: choice(['list', 'null'], 'response when there is nothing to pull: `[]` or `null`'),
	pullWithCallbacks: choice(
		['empty', 'refuse', 'allow'],
		'pulling a kind that is called back: as if nothing were there, 404/50016, or handed out all the same',
	),
	receiptsKeptDays: count(3, 'records are kept this long for pulling (another source says 7)'),
	optOutWords: texts(['TD', 'T', 'R', '退订'], 'replies that put a number on the list `optedOut`'),

	// Callbacks
	callbackPorts: choice(
		['any', 'standard'],
		'addresses with a port of their own: `standard` refuses them, as the console does',
	),
	callbackSuccess: choice(
		['2xx', '200', 'answered'],
		'responses after which a callback is not repeated; the documentation names none',
	),
	callbackTimeoutMs: count(10000, 'a callback without a response for so long has failed'),
	callbackRepeatsMs: list(
		[180000, 3600000, 43200000],
		isCount,
		'whole numbers from 0',
		'pauses before the repeats of a callback that failed, on the sandbox clock; after the last it is given up',
	),
	callbackRepeatStamp: choice(
		['same', 'new'],
		'a repeat has the nonce, timestamp and signature of the first try, or new ones',
	),
	callbacksAtOnce: count(50, 'callbacks under way at the same moment; 0 sends none'),
	callbackSignatures: choice(['right', 'wrong'], '`wrong`: the last digit of every signature is another'),
	callbackCopies: count(0, 'every callback is sent so many times more at the same moment'),
	callbackReplays: choice(
		['none', 'altered'],
		'`altered`: after every callback comes one with its nonce, timestamp and signature and other data',
	),

	// Templates and signatures
	reviewDelayMs: count(0, 'what is under review is approved after this time; 0 = when a control call decides'),
	templateRemarkMax: count(500, 'longest remark of a template (another page says 100); longer is 50045'),
	signatureMaxLength: count(16, 'longest signature in characters (other pages say 8); longer is 50104'),
	signatureForm: choice(
		['2018', '2025'],
		'which parts of the signature form are needed: the text alone, or all that the page of 2025 asks for',
	),

	// Verification
	verifyFailureStatus: choice([403, 200], 'HTTP status of a verification that does not pass'),
	verifyAttempts: count(0, 'after this many wrong codes a `msg_id` gets 50010 for everything; 0 = no limit'),
	verifyOtherMessages: choice([50026, 50010], 'response when the `msg_id` is one of a template message'),
	voiceTtlMax: count(86400, 'largest `ttl` of a voice code in seconds; above: 50041'),
	voiceTtlZero: choice(
		['default', 'refuse'],
		'`ttl: 0` of a voice code: 60 s as if not given (one SDK sends it so), or 50041',
	),

	// Quota
	quota: choice(['counted', 'unlimited'], '`unlimited`: balances never go down and 50014 never comes'),
	quotaSource: choice(
		['applicationThenAccount', 'accountThenApplication', 'applicationOnly'],
		'which balance is drawn first; an application without own quota always draws from the account',
	),
	quotaBucket: choice(['specificFirst', 'generalFirst'], 'kind-specific balance or all-purpose balance first'),
	batchWithoutMoney: choice(
		['whole', 'rows'],
		'a batch the balance does not cover: refused as a whole (50014), or sent as far as the money goes',
	),

	// The sandbox itself
	clockOffsetMs: count(0, "the sandbox clock is this far ahead of the machine's; `advance(ms)` adds to it"),
	recordRequests: flag(true, 'keep the list of requests'),
	recordBodies: flag(true, 'keep request and response bodies in that list; switch off for load'),
	maxRecordedRequests: count(10000, 'the oldest requests are forgotten beyond this'),
	inboxEvents: flag(true, 'tell open inbox pages about new messages'),
});
