import { ExpressionError } from 'n8n-workflow';

import { describeBrokenFields, missingNodeOf } from '../../../nodes/JSms/execute/brokenFields';
import { describeReading } from '../../../nodes/JSms/execute/readingHints';
import { batchFields, batchOptions } from '../../../nodes/JSms/fields/message';

/** An expression that refers to a node that does not exist is wrong for every item: said once, above the output. */
const fields = [
	...batchFields,
	{ displayName: 'Options', name: 'options', type: 'collection' as const, default: {}, options: batchOptions },
];

it.each<[string, unknown, ReturnType<typeof missingNodeOf>]>([
	[
		'n8n with its name',
		new ExpressionError('Any words', { descriptionKey: 'nodeNotFound', nodeCause: 'Contacts' }),
		{ nodeName: 'Contacts' },
	],
	['n8n without its name', new ExpressionError('Any words', { descriptionKey: 'nodeNotFound' }), {}],
	[
		'n8n with no text for its name',
		Object.assign(new Error(), { context: { descriptionKey: 'nodeNotFound', nodeCause: 5 } }),
		{},
	],
	['words beside a context that is none', Object.assign(new Error("Node doesn't exist"), { context: null }), {}],
	['words alone', new Error("Referenced node doesn't exist"), {}],
	['another error', new ExpressionError('Other', { descriptionKey: 'pairedItemNoInfo', nodeCause: 'A' }), undefined],
	['an error without words', new Error(), undefined],
	['no error', "Referenced node doesn't exist", undefined],
	['nothing', undefined, undefined],
])('knows a missing node from %s', (_, error, missing) => {
	expect(missingNodeOf(error)).toStrictEqual(missing);
});

it.each([
	[{ path: 'mobile', nodeName: 'Contacts' }, /^'Mobile Number' refers to the node 'Contacts' that does not exist /],
	[{ path: 'mobile' }, /^'Mobile Number' refers to a node that does not exist in this workflow/],
	[{ path: 'templateFields.value.name' }, /^'name' refers/],
	[{ path: 'parameters.parameter[1].value' }, /^'Parameters, row 2' refers/],
	[{ path: 'options.sendOnceKey' }, /^'Send Once Key' refers/],
])('names the field of %j', (field, message) => {
	expect(describeBrokenFields([field], fields)).toEqual([
		{ message: expect.stringMatching(message) as string, type: 'warning', location: 'outputPane' },
	]);
});

it('says what to do', () => {
	expect(describeBrokenFields([{ path: 'mobile', nodeName: 'Contacts' }], fields)[0].message).toBe(
		"'Mobile Number' refers to the node 'Contacts' that does not exist in this workflow, so it cannot be read for any item. Open the field and choose a node that exists.",
	);
});

it('stands above what was noticed about values and what was slow', () => {
	const hints = describeReading(
		{
			brokenFields: () => [{ path: 'mobile' }],
			notes: () => ['Noticed.'],
			evaluatedFields: () => [{ path: 'mobile', evaluations: 5_000 }],
		},
		fields,
	);
	expect(new Set(hints.map(({ location }) => location))).toEqual(new Set(['outputPane']));
	expect(hints.map(({ message, type }) => [message.split(' ')[1], type])).toEqual([
		["Number'", 'warning'],
		[undefined, 'warning'],
		['expression', 'info'],
	]);
});
