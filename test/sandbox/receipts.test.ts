import type { Reply, Report } from '../../sandbox/receipts';
import { error, useSandbox, type CallOptions } from './support';

const jsms = useSandbox();
const APP = 'exampleappkey00000000001';
const send = (mobile: string, options?: CallOptions) =>
	jsms.post('/messages', { mobile, temp_id: 1250, temp_para: { number: '1' } }, options);
/** So many numbers that nothing is special about. */
const many = (count: number, first = 13810000000) => Array.from({ length: count }, (_, index) => String(first + index));
const sendMany = async (mobiles: string[]) => {
	jsms.sandbox.settings.magicEndings = false;
	for (let at = 0; at < mobiles.length; at += 1000) {
		const recipients = mobiles.slice(at, at + 1000).map((mobile) => ({ mobile, temp_para: { number: '1' } }));
		await jsms.post('/messages/batch', { temp_id: 1250, recipients });
	}
};
/** Pulls after the pause that is asked for. */
const pull = async (path: string, options?: CallOptions) => {
	jsms.sandbox.advance(5000);
	return (await jsms.api<(Report & Reply)[]>(path, options)).json;
};

describe('reports', () => {
	test('come some time after a message was accepted, once, with its msg_id', async () => {
		const { msg_id: id } = (await jsms.post('/codes', { mobile: '13800000001', temp_id: 1 })).json;
		expect((await jsms.api('/report')).json).toEqual([]);
		const { accepted_at: at } = jsms.sandbox.ledger[0];
		expect(await pull('/report')).toEqual([{ msgId: id, phone: '13800000001', receiveTime: at + 1000, status: 4001 }]);
		expect(await pull('/report')).toEqual([]);
	});

	test.each([
		['4002', 4002],
		['4003', 4003],
		['4004', 4004],
		['4005', 4005],
		['4006', 4006],
		['4010', 4010],
		['4100', 4100],
		['4007', 4001],
	])('of a number ending in %s say %i', async (ending, status) => {
		await send(`1380000${ending}`);
		expect(await pull('/report')).toMatchObject([{ status }]);
	});

	test.each([4007, 4008, 4009])('of a voice code to a number ending in %i say so', async (status) => {
		await jsms.post('/voice_codes', { mobile: `1380000${status}` });
		expect(await pull('/report')).toMatchObject([{ status }]);
	});

	test('come 500 at a time, in the order of acceptance, none lost and none twice', async () => {
		const mobiles = many(1234);
		await sendMany(mobiles);
		const pages = [await pull('/report'), await pull('/report'), await pull('/report'), await pull('/report')];
		expect(pages.map(({ length }) => length)).toEqual([500, 500, 234, 0]);
		expect(pages.flat().map(({ phone }) => phone)).toEqual(mobiles);
	});

	test('go to the application that sent the message only', async () => {
		const other = { pair: { user: 'exampleappkey00000000004', secret: 'dummymastersecret0000004' } };
		await send('13800000001');
		await send('13800000002', other);
		expect(await pull('/report', other)).toMatchObject([{ phone: '13800000002' }]);
		expect(await pull('/report')).toMatchObject([{ phone: '13800000001' }]);
	});

	test('of scheduled messages come after these were sent', async () => {
		const body = { send_time: '2099-05-04 10:30:00', mobile: '13800000001', temp_id: 1250, temp_para: { number: '1' } };
		await jsms.post('/schedule', body);
		expect(await pull('/report')).toEqual([]);
		jsms.sandbox.advance(jsms.sandbox.schedules.list()[0].at - jsms.sandbox.now());
		expect(await pull('/report')).toMatchObject([{ phone: '13800000001', status: 4001 }]);
	});

	test('are gone after three days', async () => {
		await send('13800000001');
		jsms.sandbox.advance(3 * 24 * 3600_000 + 2000);
		expect(await pull('/report')).toEqual([]);
	});

	test('are lost with an answer that does not arrive: the service has handed them out', async () => {
		await send('13800000001');
		jsms.sandbox.fault({ kind: 'resetAfter', path: '/v1/report' });
		await expect(pull('/report')).rejects.toThrow();
		expect(await pull('/report')).toEqual([]);
	});

	test('can be looked at without consuming them', async () => {
		await send('13800000001');
		jsms.sandbox.advance(1000);
		expect((await jsms.control('/reports')).json).toMatchObject([{ app_key: APP, phone: '13800000001', status: 4001 }]);
		expect(await pull('/report')).toHaveLength(1);
	});
});

describe('pulling too often', () => {
	test('is refused, and consumes nothing', async () => {
		await send('13800000001');
		await jsms.api('/report');
		jsms.sandbox.advance(4000);
		expect((await jsms.api('/report')).json).toEqual(error(50009, 'out of freq'));
		jsms.sandbox.advance(1500);
		expect((await jsms.api('/report')).json).toHaveLength(1);
	});

	test('is counted by application and kind', async () => {
		await jsms.api('/report');
		expect((await jsms.api('/reply')).json).toEqual([]);
		expect(
			(await jsms.api('/report', { pair: { user: 'exampleappkey00000000004', secret: 'dummymastersecret0000004' } }))
				.json,
		).toEqual([]);
	});

	test('can be answered as if nothing were there', async () => {
		jsms.sandbox.settings.pullTooSoon = 'empty';
		await send('13800000001');
		await jsms.api('/report');
		jsms.sandbox.advance(2000);
		expect((await jsms.api('/report')).json).toEqual([]);
		expect(await pull('/report')).toHaveLength(1);
	});
});

test('nothing to pull can be null', async () => {
	jsms.sandbox.settings.noReceipts = 'null';
	expect(await pull('/report')).toBeNull();
});

describe('replies', () => {
	test('come once, with the time of the reply, to the application that wrote to the number last', async () => {
		const other = { pair: { user: 'exampleappkey00000000004', secret: 'dummymastersecret0000004' } };
		await send('13800000001');
		await send('13800000002', other);
		const now = jsms.sandbox.now();
		jsms.sandbox.reply('13800000001', '好的');
		await jsms.control('/replies', { method: 'POST', body: { phone: '13800000002', content: 'TD' } });
		const [reply, ...more] = await pull('/reply');
		expect([reply, more]).toEqual([{ phone: '13800000001', content: '好的', replyTime: expect.any(Number) }, []]);
		expect(reply.replyTime - now).toBeLessThan(5000);
		expect(await pull('/reply')).toEqual([]);
		expect(await pull('/reply', other)).toMatchObject([{ phone: '13800000002', content: 'TD' }]);
	});

	test.each(['TD', 'T', 'R', '退订'])('"%s" keeps marketing from the number', async (content) => {
		jsms.sandbox.reply('13800000001', content);
		const answer = await jsms.post('/messages', { mobile: '13800000001', temp_id: 3001, temp_para: { name: '王芳' } });
		expect(answer.json).toEqual(error(50024, 'unsubscribed mobile'));
	});

	test('need a number and a text', async () => {
		const { status, json } = await jsms.control('/replies', { method: 'POST', body: { phone: '13800000001' } });
		expect([status, json.error]).toEqual([400, 'Give "phone" and "content".']);
	});
});
