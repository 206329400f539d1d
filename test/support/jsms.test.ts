import { startSandbox } from '../../sandbox';

import { errorOf, outputsOf } from './engine';
import { JSMS, jsmsAt, keysOf } from './jsms';

/** The helpers with the package's own node and a service behind real HTTP; what the node does is tested elsewhere. */
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const sendCode = { resource: 'verificationCode', operation: 'sendText', mobile: '={{ $json.phone }}', templateId: 1 };
const items = [{ phone: '13800000001' }];

it('runs the node against the sandbox', async () => {
	const run = await jsmsAt(sandbox.baseUrl).runNode(sendCode, items);
	expect(errorOf(run)).toBeUndefined();
	expect(sandbox.ledger.map(({ mobile }) => mobile)).toEqual(['13800000001']);
	expect(outputsOf(run, JSMS)).toMatchObject([[{ json: { mobile: '13800000001' }, pairedItem: { item: 0 } }]]);
});

it('signs in with the given keys', async () => {
	const { jSmsApi } = keysOf(sandbox.baseUrl);
	const credentials = { jSmsApi: { ...jSmsApi, masterSecret: 'dummy-wrong' } };
	const run = await jsmsAt(sandbox.baseUrl).runNode(sendCode, items, {}, credentials);
	expect(errorOf(run)?.name).toMatch(/^Node(Api|Operation)Error$/);
	expect(sandbox.ledger).toEqual([]);
});

it.each(['engine', 'supplyData'] as const)('runs the node as a tool of an agent (%s)', async (via) => {
	const parameters = { ...sendCode, mobile: '={{ $fromAI("phone", "", "string") }}' };
	const { text } = await jsmsAt(sandbox.baseUrl).runAsTool(parameters, { phone: '13800000001' }, { via });
	expect(JSON.parse(text ?? '')).toMatchObject([{ mobile: '13800000001', msg_id: sandbox.ledger[0].msg_id }]);
});

it('calls a method of the editor', async () => {
	const parameters = { resource: 'message', operation: 'send', templateId: 1 };
	const { methods } = jsmsAt(sandbox.baseUrl).node.nodeType;
	const [method] = Object.keys(methods?.resourceMapping ?? {});
	const result = await jsmsAt(sandbox.baseUrl).callMethod({ group: 'resourceMapping', method, parameters });
	expect(result).toMatchObject({ fields: expect.any(Array) });
	expect(sandbox.requests.map((request) => request.path)).toEqual(['/v1/templates/1']);
});
