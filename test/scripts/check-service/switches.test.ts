import { defaultCalls } from '../../../scripts/check-service/calls';
import { POSITIONS, positionText, type Position } from '../../../scripts/check-service/positions';
import { CannotAsk, scriptOf } from '../../../scripts/check-service/script';
import { useRealService } from './service';

const check = useRealService(scriptOf(defaultCalls(Date.now())));

/** Switches whose position shows without sending anything. */
const TOLD = [
	...['contentType', 'trailingSlash', 'maxBodyBytes', 'malformedAuth', 'crossedKeys', 'wwwAuthenticate'],
	...['msgIds', 'rowOrder', 'failedRowsCarryId', 'failedRowsEchoParameters', 'allRowsFailed', 'wholeRequestCodes'],
	...['mobileCheck', 'codeTemplateInMessages', 'emptyOptionals', 'longTag', 'unknownSignature'],
	...['balanceIntervalSeconds', 'sendTimeOffsetMinutes', 'scheduleHorizonDays', 'verifyFailureStatus'],
];
/** Text ids and the documented ones differ only in the answer to a message that is sent. */
const UNTOLD = ['msgIds = "strings"'];

test('the usual service: everything agrees, and nothing was sent or written', async () => {
	const before = [check.sandbox.templates.list(), check.sandbox.signatures.list(), check.sandbox.schedules.list()];
	const { findings, switches, telling } = await check.check([]);
	expect(findings.filter(({ verdict }) => verdict !== 'agrees')).toEqual([]);
	expect([findings.length > 80, switches]).toEqual([true, []]);
	expect([...telling].sort()).toEqual([...TOLD].sort());
	expect(check.sandbox.ledger).toEqual([]);
	expect([check.sandbox.templates.list(), check.sandbox.signatures.list(), check.sandbox.schedules.list()]).toEqual(
		before,
	);
});

const isTold = (position: Position) => TOLD.includes(position.name) && !UNTOLD.includes(positionText(position));
const named = POSITIONS.map((position) => [positionText(position), position] as const);

test.each(named.filter(([, position]) => isTold(position)))('names %s, and nothing else', async (text, position) => {
	const { findings, switches } = await check.check([position]);
	expect(switches).toEqual([[text]]);
	const differing = findings.filter(({ verdict }) => verdict === 'differs');
	expect(differing.length).toBeGreaterThan(0);
	for (const finding of differing) expect(finding.switches).toEqual([text]);
	expect(check.sandbox.ledger).toEqual([]);
});

// All first positions together, then all second ones: what shows of none does not show of many.
const untold = POSITIONS.filter((position) => !isTold(position));
const place = (position: Position) => untold.filter(({ name }) => name === position.name).indexOf(position);
test.each([0, 1])('names nothing where nothing shows: other positions, number %i', async (number) => {
	const positions = untold.filter((position) => place(position) === number);
	expect(positions.length).toBeGreaterThan(5);
	expect(untold.filter((position) => place(position) > 1)).toEqual([]);
	const { findings, switches } = await check.check(positions);
	expect([switches, findings.filter(({ verdict }) => verdict !== 'agrees')]).toEqual([[], []]);
});

test('several at once, one of them hidden by another', async () => {
	const { switches, telling } = await check.check([
		{ name: 'allRowsFailed', value: 'envelope' },
		{ name: 'rowOrder', value: 'reversed' },
		{ name: 'mobileCheck', value: 'digits' },
		{ name: 'trailingSlash', value: 'refuse' },
	]);
	expect(switches.flat().sort()).toEqual(
		['allRowsFailed = "envelope"', 'mobileCheck = "digits"', 'trailingSlash = "refuse"'].sort(),
	);
	expect([telling.has('rowOrder'), telling.has('mobileCheck')]).toEqual([false, true]);
});

test('an answer that no switch gives differs without one', async () => {
	check.sandbox.fault({ kind: 'answer', path: '/v1/nothing', status: 400, code: 50016, message: 'no such api' });
	const { findings, switches } = await check.check([]);
	const found = findings.filter(({ verdict }) => verdict !== 'agrees');
	expect([switches, found]).toMatchObject([[], [{ step: { id: 'unknown-path' }, verdict: 'differs', switches: [] }]]);
});

test('what depends on the account is not answered rather than different', async () => {
	check.sandbox.signatures.delete(37001);
	check.sandbox.accounts.patch('exampleappkey00000000001', { quota: null });
	const { findings, switches } = await check.check([]);
	const rest = findings.filter(({ verdict }) => verdict !== 'agrees');
	expect(switches).toEqual([]);
	expect(new Set(rest.map(({ verdict }) => verdict))).toEqual(new Set(['open']));
	expect(rest.map(({ step }) => step.id)).toEqual(expect.arrayContaining(['balance', 'batch-rows']));
});

test('without developer keys their questions are left out', async () => {
	const { findings } = await check.check([], { developer: undefined });
	expect(findings.map(({ step }) => step.id)).not.toContain('developer-balance');
	expect(findings.filter(({ verdict }) => verdict !== 'agrees')).toEqual([]);
});

test.each([
	['wrong keys', { application: { key: 'example', secret: 'dummy' } }, 'did not accept the keys'],
	[
		'an address that is not allowed',
		{ application: { key: 'exampleappkey00000000002', secret: 'dummymastersecret0000002' } },
		'allow-list',
	],
	['nobody there', { baseUrl: 'http://127.0.0.1:1/v1' }, 'could not be reached'],
])('%s: one call, then a sentence', async (_, service, sentence) => {
	const asked = check.check([], service);
	await expect(asked).rejects.toThrow(CannotAsk);
	await expect(asked).rejects.toThrow(sentence);
	expect(check.sandbox.requests.length).toBeLessThan(2);
});
