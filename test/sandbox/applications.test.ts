import type { Template } from '../../sandbox/seed';
import { applicationNumber, error, useSandbox } from './support';

/** Templates and signatures belong to an application. */
const jsms = useSandbox();
const [first, fourth] = [1, 4].map((number) => ({ pair: applicationNumber(number) }));
const template = { template: '您好{{name}}，您的快递到了。', type: 2 };
const message = (id: number) => ({ mobile: '13800000001', temp_id: id, temp_para: { name: '王芳' } });

test('a template is read, sent, changed and deleted by its own application only', async () => {
	const { temp_id: id } = (await jsms.post('/templates', template, fourth)).json;
	jsms.sandbox.review('template', id, 1);
	const unknown = error(50013, 'invalid temp_id');
	expect((await jsms.api(`/templates/${id}`, first)).json).toEqual(unknown);
	expect((await jsms.post('/messages', message(id), first)).json).toEqual(unknown);
	expect((await jsms.api(`/templates/${id}`, { ...first, method: 'PUT', body: template })).json).toEqual(unknown);
	expect((await jsms.api(`/templates/${id}`, { ...first, method: 'DELETE' })).json).toEqual(unknown);
	expect((await jsms.post('/messages', message(id), fourth)).status).toBe(200);
});

test('what an application deletes or changes, the others keep', async () => {
	expect((await jsms.api('/templates/1250', { ...first, method: 'DELETE' })).status).toBe(200);
	expect((await jsms.api('/templates/1250', fourth)).status).toBe(200);
	expect((await jsms.api('/templates/4002', { ...fourth, method: 'PUT', body: template })).status).toBe(200);
	expect((await jsms.api('/templates/4002', first)).json.status).toBe(2);
	expect((await jsms.api('/templates/4002', fourth)).json.status).toBe(0);
});

test('no two templates of any applications have the same new id', async () => {
	const { json: one } = await jsms.post('/templates', template, first);
	const { json: other } = await jsms.post('/templates', template, fourth);
	expect(other.temp_id).not.toBe(one.temp_id);
});

test('a signature serves its own application only', async () => {
	const wanted = { sign: '另一家', app_key: applicationNumber(4).user };
	await jsms.control('/signatures/38000', { method: 'PUT', body: wanted });
	const body = { mobile: '13800000001', temp_id: 2002, sign_id: 38000 };
	expect((await jsms.post('/messages', body, first)).json).toEqual(error(50102, 'invalid sign id'));
	expect((await jsms.post('/messages', body, fourth)).status).toBe(200);
	expect(jsms.sandbox.ledger[0].text).toMatch(/^【另一家】/);
	expect((await jsms.api('/sign/38000', { ...first, method: 'DELETE' })).json).toEqual(error(50102, 'invalid sign id'));
});

test('an application without signature can send as soon as it has one of its own', async () => {
	const seventh = { pair: applicationNumber(7) };
	const body = { mobile: '13800000001', temp_id: 2002 };
	expect((await jsms.post('/messages', body, seventh)).json).toEqual(error(50046, 'signature not set'));
	const wanted = { sign: '新公司', is_default: 1, app_key: applicationNumber(7).user };
	await jsms.control('/signatures/38001', { method: 'PUT', body: wanted });
	expect((await jsms.post('/messages', body, seventh)).status).toBe(200);
});

test('the inbox shows what other applications wrote, and a review reaches it', async () => {
	const { temp_id: id } = (await jsms.post('/templates', template, fourth)).json;
	expect((await jsms.control<Template[]>('/templates')).json.filter((one) => one.temp_id === id)).toMatchObject([
		{ status: 0, app_key: applicationNumber(4).user },
	]);
	await jsms.control(`/templates/${id}/review`, { method: 'POST', body: { status: 1 } });
	expect((await jsms.api(`/templates/${id}`, fourth)).json.status).toBe(1);
});

test('a control call that names an unknown application is refused', async () => {
	const body = { template: 'x', app_key: 'exampleappkey00000000009' };
	expect((await jsms.control('/templates/5000', { method: 'PUT', body })).json).toEqual({
		error: 'There is no application with the key "exampleappkey00000000009".',
	});
});
