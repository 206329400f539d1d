import { describeSlowFields } from '../../../nodes/JSms/execute/slowFields';
import { PROPERTIES } from '../../../nodes/JSms/resources/description';

const messageFor = (paths: string[], evaluations = 5_000) =>
	describeSlowFields(
		paths.map((path) => ({ path, evaluations })),
		PROPERTIES,
	)[0]?.message;

it('says nothing where n8n had little to evaluate', () => {
	expect(describeSlowFields([], PROPERTIES)).toEqual([]);
	expect(messageFor(['mobile', 'templateId'], 1_000)).toBeUndefined();
});

it('counts the evaluations of all fields together', () => {
	expect(messageFor(['mobile', 'templateId', 'tag'], 999)).toBeUndefined();
	expect(messageFor(['mobile', 'templateId', 'tag'], 1_000)).toMatch('3,000 times');
});

it('names a field by its label and says what to do', () => {
	expect(describeSlowFields([{ path: 'mobile', evaluations: 5_000 }], PROPERTIES)).toEqual([
		{
			message:
				"The expression in 'Mobile Number' was calculated 5,000 times and slowed this run down. Drag the field in directly, or calculate the value in a Code node before this node and drag the result in.",
			type: 'info',
			location: 'outputPane',
		},
	]);
});

it.each([
	['templateFields.value.order', 'order'],
	['templateFields.value', 'Parameters'],
	['parameters.parameter[1].value', 'Parameters, row 2'],
	['parametersJson', 'Parameters (JSON)'],
	['options.sendOnceKey', 'Send Once Key'],
	['somethingElse', 'somethingElse'],
	['templateFields.value.first.name', 'first.name'],
	['templateFields.mode', 'Parameters'],
	['parameters.parameter[12].name', 'Parameters, row 13'],
	['options', 'Options'],
])('calls %s %s', (path, label) => {
	expect(messageFor([path])).toMatch(`The expression in '${label}' was calculated`);
});

it('names three fields and counts the others', () => {
	const paths = ['a', 'b', 'c', 'd', 'e'].map((name) => `templateFields.value.${name}`);
	expect(messageFor(paths)).toMatch(/^The expressions in 'a', 'b', 'c' and 2 more were calculated 25,000 times/);
	expect(messageFor(paths.slice(0, 3))).toMatch(/^The expressions in 'a', 'b', 'c' were calculated 15,000 times/);
});
