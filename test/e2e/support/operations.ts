import { CATALOG } from '../../../nodes/JSms/resources';
import { exampleParameters, LATER, ORDER, templateFields } from '../../support/operations';
import { contradictions, schemaOf } from '../../support/schemas';
import { JSMS, TYPE, runJsms } from './workflows';
import type { IBinaryKeyData, INodePropertyOptions } from 'n8n-workflow';
import type { Instance } from './instance';
import { askSandbox } from '../../support/askSandbox';

const TEXT = expect.stringMatching(/^\S+$/);
const SENTENCE = expect.stringMatching(/\S/);

/** A schedule to work on. */
async function scheduleOne(instance: Instance) {
	const body = { send_time: LATER.send_time, mobile: '13800005101', temp_id: 1250, temp_para: { number: '1' } };
	return { scheduleId: (await askSandbox(instance.sandbox, '/schedule', body)).schedule_id };
}
async function scheduleMany(instance: Instance) {
	const recipients = [{ mobile: '13800005101', temp_para: { number: '1' } }];
	const body = { send_time: LATER.send_time, temp_id: 1250, recipients };
	return { scheduleId: (await askSandbox(instance.sandbox, '/schedule/batch', body)).schedule_id };
}

/** A message to get a report of, and a reply. */
async function sendOne(instance: Instance) {
	await askSandbox(instance.sandbox, '/messages', { mobile: '13800005101', temp_id: 2002 });
	instance.sandbox.advance(1000);
}
async function answerOne({ sandbox }: Instance) {
	sandbox.reply('13800005101', '好的');
}

/** A signature to change. */
async function rejectSignature({ sandbox }: Instance) {
	sandbox.review('signature', 37003, 2);
}

/** The smallest picture there is. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

interface OperationCase {
	resource: string;
	operation: string;
	/** Makes what the operation works on, and returns parameters. */
	arrange?: (instance: Instance) => Promise<object | void>;
	/** Besides or instead of those of the example. */
	parameters?: Record<string, unknown>;
	binary?: IBinaryKeyData;
	/** Default: at least one item, on the first output */
	outputs?: object[][];
	/** What the sandbox accepted, in part. Default: nothing */
	ledger?: object[];
}

/** Operations that need more than their example, or of which more is expected than items that fit their output schema. */
const CASES: OperationCase[] = [
	{
		resource: 'verificationCode',
		operation: 'sendText',
		outputs: [[{ msg_id: TEXT, mobile: '13800005101', temp_id: 1 }]],
		ledger: [{ kind: 'code', mobile: '13800005101', temp_id: 1 }],
	},
	{
		resource: 'verificationCode',
		operation: 'sendVoice',
		parameters: { options: { code: '039482', language: 2, ttl: 120 } },
		outputs: [[{ msg_id: TEXT, mobile: '13800005101' }]],
		ledger: [{ kind: 'voice', mobile: '13800005101', code: '039482' }],
	},
	{
		resource: 'verificationCode',
		operation: 'verify',
		outputs: [
			[
				{
					is_valid: false,
					msg_id: '1',
					error_code: 50026,
					error_message: 'JSMS does not know this message ID (50026 wrong msg_id)',
					reason: 'unknownMessage',
				},
			],
		],
	},
	{
		resource: 'message',
		operation: 'send',
		parameters: {
			mobile: '+86 138-0000-5101',
			parameterMode: 'templateFields',
			templateFields: templateFields(ORDER),
			options: { signatureId: 37002 },
		},
		outputs: [[{ msg_id: TEXT, mobile: '13800005101', temp_id: 2001 }]],
		ledger: [{ kind: 'message', mobile: '13800005101', temp_id: 2001, temp_para: ORDER, sign_id: 37002 }],
	},
	{
		resource: 'message',
		operation: 'sendBatch',
		parameters: {
			recipientsFrom: 'list',
			recipients: JSON.stringify([
				{ mobile: '13800005101', temp_para: { number: '1' } },
				{ mobile: '13800000006', temp_para: { number: '2' } },
			]),
			options: { tag: 'e2e' },
		},
		outputs: [
			[{ status: 'sent', mobile: '13800005101', msg_id: TEXT, temp_id: 1250, temp_para: { number: '1' } }],
			[
				{
					status: 'failed',
					mobile: '13800000006',
					error_code: 50006,
					error_message: SENTENCE,
					error_hint: SENTENCE,
					safe_to_retry: false,
					msg_id: TEXT,
					temp_id: 1250,
					temp_para: { number: '2' },
				},
			],
			[],
		],
		ledger: [{ kind: 'batch', mobile: '13800005101', temp_id: 1250, temp_para: { number: '1' }, tag: 'e2e' }],
	},
	{
		resource: 'schedule',
		operation: 'create',
		outputs: [
			[
				{
					schedule_id: TEXT,
					send_time: LATER.send_time,
					send_at: LATER.send_at,
					mobile: '13800005101',
					temp_id: 1250,
					temp_para: { number: '1' },
				},
			],
		],
	},
	{
		resource: 'schedule',
		operation: 'createBatch',
		parameters: {
			recipientsFrom: 'list',
			recipients: JSON.stringify([
				{ mobile: '13800005101', temp_para: { number: '1' } },
				{ mobile: '13800000006', temp_para: { number: '2' } },
			]),
		},
		outputs: [
			[
				{
					status: 'sent',
					mobile: '13800005101',
					schedule_id: TEXT,
					send_time: LATER.send_time,
					temp_id: 1250,
					temp_para: { number: '1' },
				},
			],
			[
				{
					status: 'failed',
					mobile: '13800000006',
					error_code: 50006,
					error_message: SENTENCE,
					error_hint: SENTENCE,
					safe_to_retry: false,
					schedule_id: TEXT,
					send_time: LATER.send_time,
					temp_id: 1250,
					temp_para: { number: '2' },
				},
			],
			[],
		],
	},
	{
		resource: 'schedule',
		operation: 'update',
		arrange: scheduleOne,
		outputs: [
			[
				{
					schedule_id: TEXT,
					send_time: LATER.send_time,
					send_at: LATER.send_at,
					mobile: '13800005102',
					temp_id: 2002,
					temp_para: {},
				},
			],
		],
	},
	{
		resource: 'schedule',
		operation: 'updateBatch',
		arrange: scheduleMany,
		parameters: {
			recipientsFrom: 'list',
			recipients: JSON.stringify([{ mobile: '13800005103', temp_para: {} }]),
		},
		outputs: [
			[
				{
					status: 'sent',
					mobile: '13800005103',
					schedule_id: TEXT,
					send_time: LATER.send_time,
					temp_id: 2002,
					temp_para: {},
				},
			],
			[],
			[],
		],
	},
	{
		resource: 'schedule',
		operation: 'get',
		arrange: scheduleOne,
		outputs: [
			[
				{
					schedule_id: TEXT,
					send_time: LATER.send_time,
					send_at: LATER.send_at,
					temp_id: 1250,
					recipients: [{ msg_id: TEXT, mobile: '13800005101', temp_para: { number: '1' } }],
				},
			],
		],
	},
	{
		resource: 'schedule',
		operation: 'delete',
		arrange: scheduleOne,
		outputs: [[{ deleted: true, schedule_id: TEXT }]],
	},
	{
		resource: 'receipt',
		operation: 'pullReports',
		arrange: sendOne,
		outputs: [
			[
				{
					msg_id: TEXT,
					msgId: TEXT,
					phone: '13800005101',
					status: 4001,
					receiveTime: expect.any(Number),
					delivered: true,
					statusMessage: SENTENCE,
					receivedAt: TEXT,
				},
			],
		],
		ledger: [{ kind: 'message', mobile: '13800005101' }],
	},
	{
		resource: 'receipt',
		operation: 'pullReplies',
		arrange: answerOne,
		outputs: [[{ phone: '13800005101', content: '好的', replyTime: expect.any(Number), repliedAt: TEXT }]],
	},
	{
		resource: 'account',
		operation: 'getAppBalance',
		outputs: [[{ app_balance: 100000, app_voice: 1000, app_industry: null, app_market: 0 }]],
	},
	{
		resource: 'account',
		operation: 'getDeveloperBalance',
		outputs: [[{ dev_balance: 50000, dev_voice: 80, dev_industry: 2500, dev_market: null }]],
	},
	{
		resource: 'template',
		operation: 'create',
		outputs: [[{ temp_id: expect.any(Number) }]],
	},
	{
		resource: 'template',
		operation: 'update',
		outputs: [[{ temp_id: 4002 }]],
	},
	{
		resource: 'template',
		operation: 'get',
		outputs: [[expect.objectContaining({ temp_id: 4001, status: 0, status_message: 'under review' })]],
	},
	{
		resource: 'template',
		operation: 'preview',
		parameters: { options: { mobile: '138 0000 5101', signatureText: '示例科技' } },
		outputs: [
			[
				{
					mobile: '13800005101',
					temp_id: 3001,
					text: '【示例科技】李雷您好，本周末会员日全场八折，欢迎到店选购。拒收请回复R',
					characters: 35,
					segments: 1,
					missing: [],
					unused: ['city'],
				},
			],
		],
	},
	{
		resource: 'template',
		operation: 'delete',
		outputs: [[{ deleted: true, temp_id: 4002 }]],
	},
	{
		resource: 'signature',
		operation: 'create',
		parameters: { images: { businessLicenseImage: 'data' } },
		binary: { data: { data: PNG, mimeType: 'image/png', fileName: '执照.png' } },
		outputs: [[{ sign_id: expect.any(Number) }]],
	},
	{
		resource: 'signature',
		operation: 'update',
		arrange: rejectSignature,
		parameters: { images: { image0: 'data' } },
		binary: { data: { data: PNG, mimeType: 'image/png' } },
		outputs: [[{ sign_id: 37003 }]],
	},
	{
		resource: 'signature',
		operation: 'get',
		outputs: [
			[{ sign_id: 37001, sign: '示例科技', status: 1, is_default: 1, use_status: 1, status_message: 'approved' }],
		],
	},
	{
		resource: 'signature',
		operation: 'delete',
		outputs: [[{ deleted: true, sign_id: 37002 }]],
	},
];

/** Every operation of the node, to run once in a real n8n. */
const OPERATIONS = CATALOG.flatMap(({ value: resource, operations }) =>
	operations.map(
		({ value: operation }): OperationCase =>
			CASES.find((one) => one.resource === resource && one.operation === operation) ?? { resource, operation },
	),
);

/** @param get The instance, once it is started */
export function describeOperations(get: () => Instance) {
	describe('every operation', () => {
		beforeEach(() => get().sandbox.reset());

		test.each(OPERATIONS)(
			'$resource: $operation',
			async ({ resource, operation, arrange, parameters, binary, outputs, ledger = [] }) => {
				const arranged = await arrange?.(get());
				const options = binary && { code: `return [{ json: {}, binary: ${JSON.stringify(binary)} }];` };
				const own = { ...exampleParameters(resource, operation), ...parameters, ...arranged };
				const execution = await runJsms(get(), { resource, operation, ...own }, options);
				expect({
					status: execution.status,
					error: execution.nodeError(JSMS)?.message,
					outputs: outputs?.map((_, output) => execution.json(JSMS, output)),
				}).toEqual({ status: 'success', error: undefined, outputs });
				expect(execution.json(JSMS).length).toBeGreaterThan(0);
				expect(get().sandbox.ledger).toEqual(ledger.map((entry) => expect.objectContaining(entry)));
				// The fields that the editor offers before a first run.
				const schema = schemaOf(resource, operation);
				expect(execution.json(JSMS).flatMap((item) => contradictions(schema, item))).toEqual([]);
			},
		);

		test('none of the operations in the editor’s menus was left out', async () => {
			const types = await get().client.nodeTypes();
			const offered = (types.find(({ name }) => name === TYPE)?.properties ?? [])
				.filter(({ name }) => name === 'operation')
				.flatMap(({ options, displayOptions }) =>
					(displayOptions?.show?.resource ?? []).flatMap((resource) =>
						(options as INodePropertyOptions[]).map(({ value }) => `${resource}: ${value}`),
					),
				)
				// n8n adds this entry by itself wherever a credential can be used for calls of one's own.
				.filter((entry) => !entry.endsWith(': __CUSTOM_API_CALL__'));
			// A menu for workflows and one for agents can list the same operation.
			expect([...new Set(offered)].sort()).toEqual(
				OPERATIONS.map(({ resource, operation }) => `${resource}: ${operation}`).sort(),
			);
		});

		test('the code from the SMS is right once, then used up', async () => {
			const sent = await runJsms(get(), {
				resource: 'verificationCode',
				operation: 'sendText',
				mobile: '13800005101',
				templateId: 1,
			});
			const [{ msg_id: messageId }] = sent.json(JSMS);
			const [{ code }] = get().sandbox.ledger;
			const verify = async (typed?: string) =>
				(await runJsms(get(), { resource: 'verificationCode', operation: 'verify', messageId, code: typed })).json(
					JSMS,
				);

			expect(await verify(code === '111111' ? '222222' : '111111')).toEqual([
				expect.objectContaining({ is_valid: false, error_code: 50010, reason: 'invalid' }),
			]);
			expect(await verify(code)).toEqual([{ is_valid: true, msg_id: messageId }]);
			expect(await verify(code)).toEqual([
				expect.objectContaining({ is_valid: false, error_code: 50012, reason: 'alreadyVerified' }),
			]);
		});
	});
}
