import { useSandbox, applicationNumber, error, APPLICATION, DEVELOPER, type CallOptions } from './support';
import { billedLength, segmentsOf } from '../../sandbox/send/text';

const jsms = useSandbox();
const message = (changes = {}, options?: CallOptions) =>
	jsms.post('/messages', { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' }, ...changes }, options);
const appBalance = async () => (await jsms.api('/accounts/app')).json;
const devBalance = async () => (await jsms.api('/accounts/dev', { pair: DEVELOPER })).json;

test.each([
	[1, 1],
	[70, 1],
	[71, 2],
	[134, 2],
	[135, 3],
	[201, 3],
	[202, 4],
])('%i characters are %i segments', (length, segments) => {
	expect(segmentsOf(length)).toBe(segments);
});

test('a line break counts two characters', () => {
	expect(billedLength('ab\ncd\n')).toBe(8);
	expect(billedLength('ab\r\ncd\r')).toBe(8);
});

test('every character counts one, an emoji too', () => {
	expect(billedLength('您好 Li😀')).toBe(6);
});

test('the bill counts the whole text, signature and opt-out phrase included', async () => {
	// 【示例科技】 6 + 您的取件码是 6 + value + ，请凭取件码到服务台领取包裹。 15 = 27 + value
	await message({ temp_para: { number: 'x'.repeat(43) } });
	await message({ temp_para: { number: 'x'.repeat(44) } });
	expect(jsms.sandbox.ledger.map(({ text, segments }) => [text.length, segments])).toEqual([
		[70, 1],
		[71, 2],
	]);
	expect((await appBalance()).app_balance).toBe(99997);
	await message({ temp_id: 3001, temp_para: { name: '李四' } });
	expect(jsms.sandbox.ledger[2].text).toMatch(/^【示例科技】李四您好.*拒收请回复R$/);
});

test('kinds draw on their own balance first, then on the one for all purposes', async () => {
	jsms.sandbox.accounts.patch(APPLICATION.user, { quota: { balance: 10, industry: 2, market: 1, voice: 1 } });
	await message();
	await jsms.post('/codes', { mobile: '13812345678', temp_id: 1 });
	await message({ temp_id: 3001, temp_para: { name: 'a' } });
	await jsms.post('/voice_codes', { mobile: '13812345678' });
	expect(await appBalance()).toEqual({ app_balance: 10, app_voice: 0, app_industry: 0, app_market: 0 });
	await message();
	expect((await appBalance()).app_balance).toBe(9);
});

test('quotaBucket: the all-purpose balance first', async () => {
	jsms.sandbox.settings.quotaBucket = 'generalFirst';
	jsms.sandbox.accounts.patch(APPLICATION.user, { quota: { balance: 10, industry: 2 } });
	await message();
	expect(await appBalance()).toMatchObject({ app_balance: 9, app_industry: 2 });
});

test('without own quota an application draws on the account', async () => {
	const pair = applicationNumber(4);
	expect((await jsms.api('/accounts/app', { pair })).json).toEqual(error(50033, 'app quota not assigned'));
	expect((await message({}, { pair })).status).toBe(200);
	expect((await devBalance()).dev_industry).toBe(2499);
});

test('quotaSource', async () => {
	jsms.sandbox.accounts.patch(APPLICATION.user, { quota: { balance: 0, voice: 0, industry: 0, market: 0 } });
	expect((await message()).status).toBe(200);
	expect((await devBalance()).dev_industry).toBe(2499);
	jsms.sandbox.settings.quotaSource = 'applicationOnly';
	expect((await message()).json).toEqual(error(50014, 'no money'));
	jsms.sandbox.accounts.patch(APPLICATION.user, { quota: { industry: 5 } });
	jsms.sandbox.settings.quotaSource = 'accountThenApplication';
	await message();
	expect((await devBalance()).dev_industry).toBe(2498);
});

test('a batch the balance does not cover: whole, or as far as it goes', async () => {
	const pair = applicationNumber(6);
	jsms.sandbox.accounts.patch(pair.user, { quota: { industry: 2 } });
	const recipients = ['13812345671', '13812345672', '13812345673'].map((mobile) => ({ mobile }));
	const send = () => jsms.post('/messages/batch', { temp_id: 2002, recipients }, { pair });
	expect((await send()).json).toEqual(error(50014, 'no money'));
	expect((await jsms.api('/accounts/app', { pair })).json.app_industry).toBe(2);
	jsms.sandbox.settings.batchWithoutMoney = 'rows';
	const { json } = await send();
	expect(json).toMatchObject({ success_count: 2, failure_count: 1 });
	expect(json.recipients[2]).toMatchObject({ error_code: '50014', error_message: 'no money' });
	expect((await jsms.api('/accounts/app', { pair })).json.app_industry).toBe(0);
	jsms.sandbox.settings.quota = 'unlimited';
	expect((await send()).json.success_count).toBe(3);
});

describe('frequency (12.3 of the documentation)', () => {
	const tooOften = error(50009, 'out of freq');

	test('voice codes 20 seconds apart', async () => {
		const send = async (mobile = '13812345678') => (await jsms.post('/voice_codes', { mobile })).json;
		expect(await send()).toHaveProperty('msg_id');
		expect(await send()).toEqual(tooOften);
		expect(await send('13812345679')).toHaveProperty('msg_id');
		jsms.sandbox.advance(20_000);
		expect(await send()).toHaveProperty('msg_id');
	});

	test.each([
		['text codes', () => jsms.post('/codes', { mobile: '13812345678', temp_id: 1 })],
		['notifications', () => message()],
	])('200 %s in 24 hours', async (_name, send) => {
		for (let number = 0; number < 200; number++) expect((await send()).status).toBe(200);
		expect((await send()).json).toEqual(tooOften);
		jsms.sandbox.settings.frequencyRules = 'off';
		expect((await send()).status).toBe(200);
		jsms.sandbox.settings.frequencyRules = 'relaxed';
		jsms.sandbox.advance(24 * 3600_000);
		expect((await send()).status).toBe(200);
	});

	test('documented: the same notification 3 times in 10 minutes, other texts go on', async () => {
		jsms.sandbox.settings.frequencyRules = 'documented';
		for (let number = 0; number < 3; number++) expect((await message()).status).toBe(200);
		expect((await message()).json).toEqual(tooOften);
		expect((await message({ temp_para: { number: '2' } })).status).toBe(200);
		expect((await message({}, { pair: applicationNumber(4) })).status).toBe(200);
		jsms.sandbox.advance(600_000);
		expect((await message()).status).toBe(200);
	});

	test('documented: marketing 3 times in 10 minutes, whatever the text', async () => {
		jsms.sandbox.settings.frequencyRules = 'documented';
		const marketing = (name: string) => message({ temp_id: 3001, temp_para: { name } });
		for (const name of ['a', 'b', 'c']) expect((await marketing(name)).status).toBe(200);
		expect((await marketing('d')).json).toEqual(tooOften);
	});
});
