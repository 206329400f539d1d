import { useSandbox } from './support';

const jsms = useSandbox();
const notification = { template: '您好{{name}}，您的快递到了。', type: 2, remark: '快递通知' };
const create = async (body: object = notification) => (await jsms.post('/templates', body)).json.temp_id;
const read = async (id: number) => (await jsms.api(`/templates/${id}`)).json;
const review = (id: number, body: object) => jsms.control(`/templates/${id}/review`, { method: 'POST', body });
const send = (id: number) =>
	jsms.post('/messages', { mobile: '13800000001', temp_id: id, temp_para: { name: '王芳' } });

test('a new template is under review, and can be sent once it is approved', async () => {
	const id = await create();
	expect(await read(id)).toEqual({ temp_id: id, ...notification, status: 0 });
	expect((await send(id)).json.error.code).toBe(50020);
	await review(id, { status: 1 });
	expect((await read(id)).status).toBe(1);
	expect((await send(id)).status).toBe(200);
});

test('a rejected template can be changed, and is reviewed again', async () => {
	const id = await create();
	await review(id, { status: 2, refuse_reason: '内容不符合规范' });
	expect(jsms.sandbox.templates.get(id)?.refuse_reason).toBe('内容不符合规范');
	// The API does not tell the reason; only a callback does.
	expect(await read(id)).toEqual({ temp_id: id, ...notification, status: 2 });
	const changed = { ...notification, template: '{{name}}您好，快递已到。', temp_id: id };
	expect((await jsms.api(`/templates/${id}`, { method: 'PUT', body: changed })).json).toEqual({ temp_id: id });
	expect(await read(id)).toEqual({ ...changed, status: 0 });
});

test('a code template keeps its ttl', async () => {
	const id = await create({ template: '验证码{{code}}', type: 1, ttl: 120 });
	expect(await read(id)).toMatchObject({ type: 1, ttl: 120 });
});

test('the review can end by itself after a delay', async () => {
	jsms.sandbox.settings.reviewDelayMs = 60_000;
	const id = await create();
	jsms.sandbox.advance(59_000);
	expect((await read(id)).status).toBe(0);
	jsms.sandbox.advance(1000);
	expect((await read(id)).status).toBe(1);
});

test('a decision before the delay stands', async () => {
	jsms.sandbox.settings.reviewDelayMs = 60_000;
	const id = await create();
	jsms.sandbox.review('template', id, 2, '理由');
	jsms.sandbox.advance(60_000);
	expect((await read(id)).status).toBe(2);
});

test('a deleted template is gone; the answer is empty', async () => {
	const id = await create();
	const { status, text, headers } = await jsms.api(`/templates/${id}`, { method: 'DELETE' });
	expect([status, text, headers['content-length']]).toEqual([200, '', '0']);
	expect((await read(id)).error.code).toBe(50013);
	expect((await jsms.api(`/templates/${id}`, { method: 'DELETE' })).json.error.code).toBe(50013);
});

test('each template has an id of its own', async () => {
	expect(new Set([await create(), await create(), await create()]).size).toBe(3);
});

test('temp_id 0, as one official client sends it on create, changes nothing', async () => {
	expect(await create({ ...notification, temp_id: 0 })).toBeGreaterThan(0);
});

test('a review of a template that is not there is a sentence', async () => {
	expect((await review(1, {})).status).toBe(400);
	expect((await review(99, { status: 1 })).json).toEqual({ error: 'There is no template with the ID 99.' });
});
