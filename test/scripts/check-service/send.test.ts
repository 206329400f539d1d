import { startSandbox } from '../../../sandbox';

import { checkService, type Tools } from '../../../scripts/check-service/check';
import type { Options } from '../../../scripts/check-service/options';
import { positionText, type Position } from '../../../scripts/check-service/positions';
import { reportOf } from '../../../scripts/check-service/report';
import { sendScript } from '../../../scripts/check-service/send';
import { APPLICATION, OWN_NUMBER, useRealService } from './service';

const told: string[] = [];
const kept: unknown[] = [];
const check = useRealService(
	sendScript({
		number: OWN_NUMBER,
		template: 1250,
		parameters: { number: '741627' },
		now: Date.now(),
		tell: (line) => told.push(line),
		keep: (records) => kept.push(...records),
	}),
);
beforeEach(() => {
	told.length = 0;
	kept.length = 0;
});

test('two SMS to the own number, a schedule that is deleted, and the reports', async () => {
	const { findings, switches } = await check.check([]);
	expect(findings.filter(({ verdict }) => verdict !== 'agrees')).toEqual([]);
	expect(switches).toEqual([]);
	expect(check.sandbox.ledger.map(({ mobile, kind }) => [mobile, kind])).toEqual([
		[OWN_NUMBER, 'message'],
		[OWN_NUMBER, 'batch'],
	]);
	expect(check.sandbox.schedules.list()).toMatchObject([{ status: 'deleted' }]);
	expect(told).toEqual([
		'Delivery report of the single message: status 4001',
		'Delivery report of the batch message: status 4001',
	]);
	expect(kept).toEqual([]);
});

test.each<[Position]>([
	[{ name: 'msgIds', value: 'strings' }],
	[{ name: 'msgIds', value: 'uuids' }],
	[{ name: 'rowOrder', value: 'reversed' }],
	[{ name: 'failedRowsCarryId', value: false }],
	[{ name: 'failedRowsEchoParameters', value: false }],
	[{ name: 'wholeRequestCodes', value: [50006] }],
	[{ name: 'repeatWindowSeconds', value: 600 }],
	[{ name: 'noScheduleFailures', value: 'absent' }],
	[{ name: 'noScheduleFailures', value: 'null' }],
	[{ name: 'endedSchedule', value: 50029 }],
	[{ name: 'endedSchedule', value: 'answer' }],
	[{ name: 'verifyOtherMessages', value: 50010 }],
	[{ name: 'verifyFailureStatus', value: 200 }],
	[{ name: 'noReceipts', value: 'null' }],
])('names %j', async (position) => {
	const { switches } = await check.check([position]);
	expect(switches).toEqual([[positionText(position)]]);
	expect(check.sandbox.ledger.length).toBeLessThanOrEqual(3);
});

test('a schedule that cannot be deleted is named, with the time until which a person can do it', async () => {
	check.sandbox.fault({ kind: 'answer', method: 'DELETE', path: '/v1/schedule/*', status: 500 });
	await check.check([]);
	const [{ schedule_id: id, send_time: time }] = check.sandbox.schedules.list();
	expect(told[0]).toBe(`The schedule ${id} was not deleted. Delete it before ${time} (China), or it is sent.`);
});

test('a schedule of which nobody knows is named by its time', async () => {
	check.sandbox.fault({ kind: 'answerAfterAccepting', path: '/v1/schedule/batch' });
	await check.check([]);
	const [{ send_time: time }] = check.sandbox.schedules.list();
	expect(told[0]).toBe(`It is not known whether a schedule for ${time} (China) was made. If so, it is sent.`);
});

test('nothing is repeated after a fault', async () => {
	check.sandbox.fault({ kind: 'answerAfterAccepting', path: '/v1/messages*', times: 2 });
	await check.check([]);
	expect(check.sandbox.ledger).toHaveLength(2);
});

test('reports of other messages, which no one can read again, are kept', async () => {
	const body = JSON.stringify({ mobile: '13800000001', temp_id: 2002 });
	const authorization = `Basic ${Buffer.from(`${APPLICATION.key}:${APPLICATION.secret}`).toString('base64')}`;
	await fetch(`${check.sandbox.baseUrl}/messages`, { method: 'POST', body, headers: { authorization } });
	check.sandbox.advance(60_000);
	const { findings } = await check.check([]);
	expect(kept).toMatchObject([{ phone: '13800000001', status: 4001 }]);
	expect(findings.find(({ step }) => step.id === 'send-first-pull')).toMatchObject({
		verdict: 'open',
		reason: 'there was something to read',
	});
});

describe('the whole check', () => {
	let sandbox: Awaited<ReturnType<typeof startSandbox>>;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());
	const options = (): Options => ({
		service: { baseUrl: sandbox.baseUrl, application: APPLICATION },
		template: 1250,
		sendTo: OWN_NUMBER,
		parameters: { number: '741627' },
		write: true,
	});
	const tools = (ask?: Tools['ask']): Tools => ({
		...(ask && { ask }),
		tell: () => {},
		keep: () => {},
		pause: async (ms) => sandbox.advance(ms),
		now: Date.now(),
	});

	test.each<[string, Tools['ask']]>([
		['without a terminal', undefined],
		['with other digits', async () => '0000'],
		['with nothing', async () => ''],
		['with a yes', async () => 'yes'],
	])('sends nothing and asks nothing %s', async (_, ask) => {
		await expect(checkService(options(), tools(ask))).rejects.toThrow('Nothing was sent.');
		expect(sandbox.requests).toEqual([]);
	});

	test('sends when the last four digits are typed; the report holds neither keys nor numbers', async () => {
		sandbox.settings.noScheduleFailures = 'null';
		const questions: string[] = [];
		const explanation = await checkService(
			options(),
			tools(async (question) => {
				questions.push(question);
				return ` ${OWN_NUMBER.slice(-4)}\n`;
			}),
		);
		expect(questions).toEqual([expect.stringContaining('up to 3 SMS to 139****5678')]);
		expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual([OWN_NUMBER, OWN_NUMBER]);
		expect(explanation.switches).toEqual([['noScheduleFailures = "null"']]);

		const report = reportOf(explanation, ['Asked: example']);
		const { key, secret } = APPLICATION;
		const basic = Buffer.from(`${key}:${secret}`).toString('base64');
		const ids = sandbox.ledger.map(({ msg_id: id }) => id);
		for (const hidden of [key, secret, basic, OWN_NUMBER, OWN_NUMBER.slice(-4), '741627', '1250', ...ids]) {
			expect(report).not.toContain(hidden);
		}
		expect(report).not.toMatch(/\d{7,}/);
		expect(report).toContain('- `noScheduleFailures = "null"`');
		expect(report).toContain('| POST /messages/batch with one bad row | agrees |');
	}, 60_000);
});

test('what the service says in its own words is masked', async () => {
	const message = `13812345678 from 192.0.2.7 with ${APPLICATION.key}`;
	check.sandbox.fault({ kind: 'answer', path: '/v1/messages', status: 403, code: 50006, message });
	const { findings } = await check.check([]);
	const text = JSON.stringify(findings[0].step.answer);
	expect(text).toContain('<number> from <address> with <key?>');
	expect(text).not.toContain('138');
});
