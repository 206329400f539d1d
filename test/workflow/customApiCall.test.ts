import { errorOf } from '../support/engine';
import { arrivedAt, jsonOf, people, useService } from './service';

/** n8n adds the choice "Custom API Call" to the menus of every node with a credential of its own. */
const service = useService();
const custom = { resource: 'message', operation: '__CUSTOM_API_CALL__' };

it('stops with a sentence that says what to do instead', async () => {
	const run = await service.jsms.runNode(custom, people('13800000001'));
	expect(errorOf(run)).toMatchObject({
		name: 'NodeOperationError',
		message: "This node cannot make a 'Custom API Call'",
		description: expect.stringContaining("'HTTP Request'") as string,
	});
	expect(service.calls).toEqual([]);
});

it('does not pass the input off as success under "Continue"', async () => {
	const run = await service.jsms.runNode(custom, people('13800000001', '13800000002'), {
		onError: 'continueRegularOutput',
	});
	expect(errorOf(run)).toBeUndefined();
	expect(jsonOf(run)).toEqual(
		new Array(2).fill({
			error: "This node cannot make a 'Custom API Call'",
			details: expect.objectContaining({ outcome: 'invalidInput' }) as object,
		}),
	);
});

it('goes to the error output where there is one', async () => {
	const run = await service.jsms.runNode(custom, people('13800000001'), { onError: 'continueErrorOutput' });
	expect([arrivedAt(run, 0).length, arrivedAt(run, 1).length]).toEqual([0, 1]);
});
