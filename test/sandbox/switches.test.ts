import type { Settings } from '../../sandbox/settings';
import { parseSetting } from '../../sandbox/settings';
import {
	useSandbox,
	error,
	APPLICATION,
	DEVELOPER,
	applicationNumber,
	type ResponseBody,
	type CallOptions,
	type Response,
} from './support';

/** The other readings of what the documentation leaves open. */
const jsms = useSandbox();
const ok = { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' } };

async function under(settings: Partial<Settings>, make: () => Promise<Response<ResponseBody>>) {
	Object.assign(jsms.sandbox.settings, settings);
	return (await make()).json;
}
const message = (changes?: object, options?: CallOptions) => () =>
	jsms.post('/messages', { ...ok, ...changes }, options);

test.each([
	[
		'malformedAuth',
		50001,
		message({}, { pair: null, headers: { authorization: 'Bearer dummy' } }),
		error(50001, 'missing auth'),
	],
	[
		'codeTemplateInMessages',
		'refuse',
		message({ temp_id: 1, temp_para: { code: '1' } }),
		error(50025, 'wrong template type'),
	],
	['extraParameters', 'refuse', message({ temp_para: { number: '1', x: '2' } }), error(50007, 'invalid body')],
	['scalarParameters', 'refuse', message({ temp_para: { number: 1 } }), error(50007, 'invalid body')],
	['noParametersCode', 50023, message({ temp_para: null }), error(50023, 'parameters is empty')],
	['missingSignature', 50051, message({}, { pair: applicationNumber(7) }), error(50051, 'signatures not exist')],
	['maxBodyBytes', 10, message(), error(50007, 'invalid body')],
	['maxTextLength', 20, message(), error(50038, 'invalid code length')],
	['blackWords', ['取件码'], message(), error(50037, 'has black word')],
])('%s = %j', async (name, value, make, expected) => {
	expect(await under({ [name]: value }, make)).toEqual(expected);
	jsms.sandbox.reset();
	expect(await under({}, make)).not.toEqual(expected);
});

test.each([
	['unknownSignature', 'ignore', message({ sign_id: 5 })],
	['magicEndings', false, message({ mobile: '13812340006' })],
	['mobileCheck', 'digits', message({ mobile: '+85212345678' })],
	['msgIds', 'uuids', message()],
])('%s = %j lets it pass', async (name, value, make) => {
	expect(await under({ [name]: value }, make)).toEqual({ msg_id: expect.anything() });
	expect(jsms.sandbox.ledger).toHaveLength(1);
});

test('msgIds: quoted everywhere, or UUIDs', async () => {
	expect(await under({ msgIds: 'strings' }, message())).toEqual({ msg_id: expect.stringMatching(/^\d{12}$/) });
	const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(await under({ msgIds: 'uuids' }, message())).toEqual({ msg_id: uuid });
});

const voice = (changes: object) => () => jsms.post('/voice_codes', { mobile: '13812345678', ...changes });
const batch = (changes: object) => () =>
	jsms.post('/messages/batch', { temp_id: 2002, recipients: [{ mobile: '13812345678' }], ...changes });
test.each([
	['sign_id of a message', message({ sign_id: '' }), 50102],
	['sign_id of a batch', batch({ sign_id: '' }), 50102],
	['code of a voice code', voice({ code: '' }), 50038],
	['voice_lang', voice({ voice_lang: '' }), 50040],
	['ttl of a voice code', voice({ ttl: '' }), 50041],
	['tag', batch({ tag: '' }), undefined],
])('emptyOptionals: an empty %s', async (_, make, judged) => {
	expect(await under({}, make)).not.toHaveProperty('error');
	jsms.sandbox.reset();
	expect((await under({ emptyOptionals: 'judge' }, make)).error?.code).toBe(judged);
	jsms.sandbox.reset();
	expect(await under({ emptyOptionals: 'refuse' }, make)).toEqual(error(50007, 'invalid body'));
});

test.each([
	['signatureForm', '2025', '2025'],
	['signatureForm', '"2025"', '2025'],
	['optOutPhrase', '12', '12'],
	['optOutPhrase', '"12"', '12'],
	['verifyFailureStatus', '200', 200],
	['wwwAuthenticate', 'true', true],
	['endedSchedule', 'answer', 'answer'],
	['endedSchedule', '50029', 50029],
	['wholeRequestCodes', '[50006]', [50006]],
	['latencyMs', '50', 50],
	['latencyMs', 'soon', 'soon'],
	['unknown', '1', 1],
])('the command line reads %s=%s', (name, typed, value) => {
	expect(parseSetting(name, typed)).toEqual(value);
});

test('applicationRefusals: a switched-off or blacklisted application may still read its balance', async () => {
	for (const number of [3, 5]) {
		const pair = applicationNumber(number);
		expect((await jsms.api('/accounts/app', { pair })).status).toBe(403);
		jsms.sandbox.settings.applicationRefusals = 'sends';
		expect((await jsms.api('/accounts/app', { pair })).status).toBe(200);
		expect((await jsms.post('/messages', ok, { pair })).status).toBe(403);
		jsms.sandbox.reset();
	}
});

test('crossedKeys: the application pair reads the account too', async () => {
	expect(await under({ crossedKeys: 'accept' }, () => jsms.api('/accounts/dev'))).toHaveProperty('dev_balance', 50000);
	expect((await jsms.api('/accounts/app', { pair: DEVELOPER })).status).toBe(401);
});

test('wwwAuthenticate', async () => {
	const wrong = { pair: { ...APPLICATION, secret: 'dummy' } };
	expect((await jsms.api('/accounts/app', wrong)).headers['www-authenticate']).toBeUndefined();
	jsms.sandbox.settings.wwwAuthenticate = true;
	expect((await jsms.api('/accounts/app', wrong)).headers['www-authenticate']).toMatch(/^Basic/);
});

test('templateTtl of a notification', async () => {
	const read = () => jsms.api('/templates/1250');
	expect(await under({}, read)).not.toHaveProperty('ttl');
	expect(await under({ templateTtl: 'null' }, read)).toHaveProperty('ttl', null);
	expect(await under({ templateTtl: 'zero' }, read)).toHaveProperty('ttl', 0);
});

test('balanceIntervalSeconds', async () => {
	const read = () => jsms.api('/accounts/app');
	await under({ balanceIntervalSeconds: 5 }, read);
	expect(await under({}, read)).toEqual(error(50009, 'out of freq'));
	jsms.sandbox.advance(5000);
	expect(await under({}, read)).toHaveProperty('app_balance');
});

test('optOutApplies to all kinds', async () => {
	expect(await under({ optedOut: ['13812345678'] }, message())).toHaveProperty('msg_id');
	expect(await under({ optOutApplies: 'all' }, message())).toEqual(error(50024, 'unsubscribed mobile'));
});

test('marketingAtNight looks at the time in China', async () => {
	const marketing = message({ temp_id: 3001, temp_para: { name: '李四' } });
	const msOfDay = (jsms.sandbox.now() + 8 * 3600_000) % 86_400_000;
	const until = (hour: number) => (hour * 3600_000 - msOfDay + 86_400_000) % 86_400_000;
	jsms.sandbox.settings.marketingAtNight = 'refuse';
	jsms.sandbox.settings.clockOffsetMs = until(22);
	expect(await under({}, marketing)).toEqual(error(50009, 'out of freq'));
	expect(await under({}, message())).toHaveProperty('msg_id');
	jsms.sandbox.settings.clockOffsetMs = until(12);
	expect(await under({}, marketing)).toHaveProperty('msg_id');
});

test('latencyMs delays every answer', async () => {
	const started = performance.now();
	await under({ latencyMs: 60 }, () => jsms.api('/templates/1'));
	expect(performance.now() - started).toBeGreaterThan(55);
});

test('an unknown switch or value is refused with a sentence', () => {
	expect(() => {
		Object.assign(jsms.sandbox.settings, { rowordr: 'reversed' });
	}).toThrow('There is no sandbox setting "rowordr".');
	expect(() => {
		Object.assign(jsms.sandbox.settings, { rowOrder: 'backwards' });
	}).toThrow('The sandbox setting "rowOrder" cannot be "backwards"; it takes "request", "reversed", "shuffled".');
});
