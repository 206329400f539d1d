import { useSandbox, error, type ResponseBody } from './support';

const jsms = useSandbox();

const batch = (recipients: unknown[], more?: object) =>
	jsms.post('/messages/batch', { temp_id: 1250, recipients, ...more });
const to = (mobile: string, number: unknown = '1') => ({ mobile, temp_para: { number } });
const codes = (json: ResponseBody) => json.recipients.map((row) => row.error_code ?? 'sent');

test('every row is judged for itself, and the ledger holds exactly the sent ones', async () => {
	const recipients = [
		to('13812345671'),
		{ temp_para: { number: '1' } },
		to('138'),
		{ mobile: '13812345672' },
		to('13812345673', ''),
		to('13812345674', {}),
		to('13812345675', '【x】'),
		to('13812345676', '示例敏感词'),
		to('13812345677', 'x'.repeat(500)),
		'13812345678',
		null,
		to('13812345671'),
		to('13812345671', '2'),
		to('13812340024'),
	];
	const { status, json } = await batch(recipients, { tag: 'tagged' });
	expect(status).toBe(200);
	expect([json.success_count, json.failure_count]).toEqual([2, 12]);
	expect(codes(json)).toEqual(
		['sent', 50004, 50006, 50022, 50023, 50007, 50054, 50037, 50038, 50007, 50007, 50034, 'sent', 50024].map(String),
	);
	const sent = json.recipients.filter((row) => !row.error_code);
	expect(jsms.sandbox.ledger).toEqual(
		sent.map((row, index) => ({
			seq: index + 1,
			msg_id: row.msg_id,
			kind: 'batch',
			mobile: '13812345671',
			temp_id: 1250,
			temp_para: { number: index === 0 ? '1' : '2' },
			sign_id: 37001,
			tag: 'tagged',
			text: `【示例科技】您的取件码是${index === 0 ? '1' : '2'}，请凭取件码到服务台领取包裹。`,
			segments: 1,
			accepted_at: expect.any(Number),
			request: 1,
			app_key: 'exampleappkey00000000001',
		})),
	);
	// Ids are unique over sent and failed rows.
	expect(new Set(json.recipients.map((row) => row.msg_id)).size).toBe(14);
});

test('failed rows without id and without their parameters', async () => {
	Object.assign(jsms.sandbox.settings, { failedRowsCarryId: false, failedRowsEchoParameters: false });
	const { json } = await batch([to('138')]);
	expect(json.recipients).toEqual([{ error_code: '50006', error_message: 'invalid mobile', mobile: '138' }]);
});

test('a thousand recipients pass, in the order of the request', async () => {
	jsms.sandbox.settings.magicEndings = false;
	const recipients = Array.from({ length: 1000 }, (_, index) => to(String(13800000000 + index)));
	const { json } = await batch(recipients);
	expect(json.success_count).toBe(1000);
	expect(json.recipients.map((row) => row.mobile)).toEqual(recipients.map(({ mobile }) => mobile));
	expect(jsms.sandbox.ledger).toHaveLength(1000);
});

test('rowOrder', async () => {
	const mobiles = ['13812345671', '13812345672', '13812345673', '13812345674', '13812345675'];
	const order = async () => (await batch(mobiles.map((m) => to(m)))).json.recipients.map((row) => row.mobile);
	jsms.sandbox.settings.rowOrder = 'reversed';
	expect(await order()).toEqual([...mobiles].reverse());
	jsms.sandbox.settings.rowOrder = 'shuffled';
	const shuffledOrder = await order();
	expect(shuffledOrder).not.toEqual(mobiles);
	expect([...shuffledOrder].sort()).toEqual(mobiles);
});

test.each([
	[50006, to('138')],
	[50004, { temp_para: { number: '1' } }],
	[50022, { mobile: '13812345679' }],
	[50037, to('13812345679', '示例敏感词')],
	[50034, to('13812345678')],
])('wholeRequestCodes: %i in one row refuses all and leaves no trace', async (code, bad) => {
	Object.assign(jsms.sandbox.settings, { wholeRequestCodes: [code], repeatWindowSeconds: 60 });
	const { status, json } = await batch([to('13812345678'), bad]);
	expect([status >= 400, json.error.code]).toEqual([true, code]);
	expect(jsms.sandbox.ledger).toEqual([]);
	expect((await jsms.api('/accounts/app')).json.app_balance).toBe(100000);
	// The good row was not counted for anything either.
	expect((await batch([to('13812345678')])).json.success_count).toBe(1);
});

test('allRowsFailed: envelope with the first code', async () => {
	expect((await batch([to('138'), to('')])).json).toMatchObject({ success_count: 0, failure_count: 2 });
	jsms.sandbox.settings.allRowsFailed = 'envelope';
	expect((await batch([to('138'), to('')])).json).toEqual(error(50006, 'invalid mobile'));
	expect((await batch([to('138'), to('13812345678')])).json).toMatchObject({ success_count: 1 });
});

test('repeats: within a batch by text and number only, or across requests when told', async () => {
	expect(codes((await batch([to('13812345678'), to('13812345678'), to('13812345679')])).json)).toEqual([
		'sent',
		'50034',
		'sent',
	]);
	expect(codes((await batch([to('13812345678')])).json)).toEqual(['sent']);
	jsms.sandbox.settings.repeatFilter = false;
	expect(codes((await batch([to('13812345678'), to('13812345678')])).json)).toEqual(['sent', 'sent']);
	jsms.sandbox.settings.repeatWindowSeconds = 60;
	await batch([to('13812345670')]);
	expect(codes((await batch([to('13812345670')])).json)).toEqual(['50034']);
	jsms.sandbox.advance(60_000);
	expect(codes((await batch([to('13812345670')])).json)).toEqual(['sent']);
});

test('a batch can be sent again and again with the default switches', async () => {
	const recipients = Array.from({ length: 25 }, (_, index) => to(String(13812345600 + index)));
	for (let run = 0; run < 20; run++) expect((await batch(recipients)).json.success_count).toBe(25);
});
