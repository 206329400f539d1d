import { hintsOf } from '../support/engine';
import { JSMS } from '../support/jsms';
import { jsonOf, numbers, useService } from './service';

/** What a run says about fields that n8n has to evaluate for each of many recipients. */
const service = useService();
const people = numbers(3_000).map((phone) => ({ phone }));

it.each([
	['are dragged', '={{ $json.phone }}', 0],
	['are dragged from an earlier node', "={{ $('Start').item.json.phone }}", 0],
	['are expressions', '={{ $json.phone.trim() }}', 1],
])('says something when the fields %s: %s', async (_, mobile, hints) => {
	const run = await service.jsms.runNode(
		{
			resource: 'message',
			operation: 'sendBatch',
			mobile,
			templateId: 2001,
			parameterMode: 'pairs',
			parameters: {
				parameter: ['name', 'order', 'date'].map((name) => ({ name, value: 'x' })),
			},
		},
		people,
	);
	expect(jsonOf(run)).toHaveLength(people.length);
	const messages = hintsOf(run, JSMS).map(({ message }) => message);
	expect(messages[0]).toBe('3000 sent, 0 failed, 0 unknown');
	expect(messages.slice(1)).toEqual(
		hints ? [expect.stringMatching(/^The expression in 'Mobile Number' was calculated 3,000 times/)] : [],
	);
});
