import { errorOf, outputsOf } from '../support/engine';
import { JSMS, jsmsAt } from '../support/jsms';
import { arrivedAt, jsonOf, NOBODY, pairs, people, useService } from './service';

/** The three On Error settings with every way in which an item of a single send can fail. */
const service = useService();
const send = {
	resource: 'message',
	operation: 'send',
	mobile: '={{ $json.phone }}',
	templateId: 1250,
	...pairs({ number: '1' }),
	// Long enough for a first answer on a busy machine; one test sits it out three times.
	options: { concurrency: 1, timeout: 1500 },
};
const GOOD = '13800000001';
const LAST = '13800000003';

interface Case {
	title: string;
	/** Number of the item in the middle. */
	phone: string;
	arrange: () => void;
	error: string;
	details: Record<string, unknown>;
	/** Who got an SMS when the run goes on after the failing item. */
	reached: string[];
}
const CASES: Case[] = [
	{
		title: 'bad input',
		phone: '',
		arrange: () => {},
		error: "'Mobile Number' is empty",
		details: {
			hint: 'Give one mobile number, or remove the item before this node.',
			outcome: 'invalidInput',
			safe_to_retry: false,
		},
		reached: [GOOD, LAST],
	},
	{
		title: 'a refusal',
		phone: '13800000024',
		arrange: () => {},
		error: '138****0024: this number has unsubscribed (50024 unsubscribed mobile)',
		details: {
			code: 50024,
			http_status: 403,
			hint: 'Take the number off your list.',
			outcome: 'refused',
			safe_to_retry: false,
			mobile: '13800000024',
		},
		reached: [GOOD, LAST],
	},
	{
		title: 'an unknown result',
		phone: '13800000002',
		arrange: () => service.sandbox.fault({ kind: 'resetAfter', after: 1 }),
		error:
			'The connection to JSMS dropped before a response arrived (ECONNRESET): the result for 138****0002 is unknown',
		details: {
			hint: 'The message may or may not have been sent. Open 发送记录 (send records) in the Jiguang console and look for this number before you resend.',
			outcome: 'unknown',
			safe_to_retry: false,
			mobile: '13800000002',
		},
		reached: [GOOD, '13800000002', LAST],
	},
	{
		title: 'an answer that does not come in time',
		phone: '13800000002',
		arrange: () => service.sandbox.fault({ kind: 'neverAnswerAfter', after: 1 }),
		error: expect.stringMatching(
			/^JSMS did not respond in time \(.+\): the result for 138\*\*\*\*0002 is unknown$/,
		) as string,
		details: {
			hint: expect.stringContaining('The message may or may not have been sent') as string,
			outcome: 'unknown',
			safe_to_retry: false,
			mobile: '13800000002',
		},
		reached: [GOOD, '13800000002', LAST],
	},
	{
		title: 'a fault of the service',
		phone: '13800000002',
		arrange: () => service.sandbox.fault({ kind: 'answerAfterAccepting', after: 1 }),
		error: 'JSMS had an internal error (HTTP 500, code 50019): the result for 138****0002 is unknown',
		details: {
			code: 50019,
			http_status: 500,
			hint: expect.stringContaining('The message may or may not have been sent') as string,
			outcome: 'unknown',
			safe_to_retry: false,
			mobile: '13800000002',
		},
		reached: [GOOD, '13800000002', LAST],
	},
];

describe.each(CASES)('$title in the second of three items', ({ phone, arrange, error, details, reached }) => {
	const items = people(GOOD, phone, LAST);
	const errorItem = { json: { error, details }, pairedItem: { item: 1 } };
	const goodItem = (item: number, mobile: string) => ({
		json: { msg_id: service.sandbox.ledger.find((entry) => entry.mobile === mobile)?.msg_id, mobile, temp_id: 1250 },
		pairedItem: { item },
	});
	beforeEach(() => arrange());

	it('stops the workflow with our sentence, and the rest is not sent', async () => {
		const run = await service.jsms.runNode(send, items);
		expect(run.status).toBe('error');
		expect(errorOf(run)).toMatchObject({ message: error, context: { itemIndex: 1 } });
		expect(service.reached).toEqual(reached.filter((mobile) => mobile !== LAST));
	});

	it('becomes one error item in its place under "Continue"', async () => {
		const run = await service.jsms.runNode(send, items, { onError: 'continueRegularOutput' });
		expect(errorOf(run)).toBeUndefined();
		expect(outputsOf(run, JSMS)).toEqual([[goodItem(0, GOOD), errorItem, goodItem(2, LAST)]]);
		expect(service.reached).toEqual(reached);
	});

	it('goes to the error output, with the fields of its input item, under "Continue (using error output)"', async () => {
		const run = await service.jsms.runNode(send, items, { onError: 'continueErrorOutput' });
		expect(errorOf(run)).toBeUndefined();
		expect(arrivedAt(run, 0)).toEqual([goodItem(0, GOOD).json, goodItem(2, LAST).json]);
		expect(arrivedAt(run, 1)).toEqual([{ phone, error, details }]);
		expect(service.reached).toEqual(reached);
	});
});

/** Failures that concern all items: nothing is thrown under the continue modes, where n8n would pass input off as success. */
describe.each([
	[
		'a service that cannot be reached',
		() => jsmsAt(NOBODY),
		undefined,
		/^n8n could not connect to JSMS \(ECONNREFUSED\): nothing was sent to 138\*\*\*\*000\d$/,
		{ outcome: 'notAttempted', safe_to_retry: true },
		'n8n could not connect to JSMS (ECONNREFUSED)',
	],
	[
		'a base URL that would not protect the keys',
		() => jsmsAt('http://jsms.example.com/v1'),
		undefined,
		/^'Base URL' in the credential starts with http, /,
		{ outcome: 'invalidInput', safe_to_retry: false },
	],
	['no credential', () => service.jsms, {}, /credential/i, { outcome: 'invalidInput', safe_to_retry: false }],
	[
		'wrong keys',
		() => service.jsms,
		'wrong',
		/JSMS did not accept the keys \(50002 auth failed\)$/,
		{ outcome: 'refused', safe_to_retry: true, code: 50002, http_status: 401 },
		'JSMS did not accept the keys (50002 auth failed)',
	],
] as const)('%s', (_, jsms, credentials, sentence, details, reason: string | undefined = undefined) => {
	const items = people(GOOD, LAST);
	/** One request is enough to know what becomes of the others. */
	const second =
		reason === undefined
			? { error: expect.stringMatching(sentence) as string, details }
			: { error: `Not sent: ${reason}`, details: { outcome: 'notAttempted', safe_to_retry: true } };
	const keys = () =>
		credentials === 'wrong' ? { jSmsApi: { ...service.keys.jSmsApi, masterSecret: 'dummy-wrong' } } : credentials;

	it('stops the workflow', async () => {
		const run = await jsms().runNode(send, items, {}, keys());
		expect(run.status).toBe('error');
		expect(errorOf(run)?.message).toMatch(sentence);
	});

	it('becomes an error item for each item under "Continue"', async () => {
		const run = await jsms().runNode(send, items, { onError: 'continueRegularOutput' }, keys());
		expect(errorOf(run)).toBeUndefined();
		expect(outputsOf(run, JSMS)).toMatchObject([
			[{ error: expect.stringMatching(sentence) as string, details }, second].map((json, item) => ({
				json,
				pairedItem: { item },
			})),
		]);
		for (const json of jsonOf(run)) expect(Object.keys(json)).toEqual(['error', 'details']);
	});

	it('sends every item to the error output, none to success', async () => {
		const run = await jsms().runNode(send, items, { onError: 'continueErrorOutput' }, keys());
		expect(arrivedAt(run, 0)).toEqual([]);
		expect(arrivedAt(run, 1)).toMatchObject([
			{ ...items[0], error: expect.stringMatching(sentence) as string, details },
			{ ...items[1], ...second },
		]);
	});

	afterEach(() => expect(service.reached).toEqual([]));
});

describe('an expression that n8n cannot evaluate', () => {
	const broken = { ...send, mobile: '={{ $json.phone.nothing( }}' };

	it('stops the workflow', async () => {
		const run = await service.jsms.runNode(broken, people(GOOD));
		expect(run.status).toBe('error');
	});

	it('becomes an error item under "Continue"', async () => {
		const run = await service.jsms.runNode(broken, people(GOOD), { onError: 'continueRegularOutput' });
		expect(errorOf(run)).toBeUndefined();
		expect(jsonOf(run)).toMatchObject([
			{ error: expect.any(String) as string, details: { outcome: 'invalidInput', safe_to_retry: false } },
		]);
	});
});
