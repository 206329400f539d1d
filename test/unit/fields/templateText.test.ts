import { readTemplateText } from '../../../nodes/JSms/fields/templateText';
import type { ItemInput } from '../../../nodes/JSms/model/operation';
import { readFrom } from './read';

const read = (fields: Record<string, unknown>, remark?: unknown) =>
	readTemplateText({
		read: readFrom({ text: '您好{{name}}', type: 2, ...fields }),
		option: readFrom({ remark }),
	} as unknown as ItemInput);
const refusal = (message: unknown, hint: string) =>
	expect.objectContaining({ name: 'InputProblem', message, hint }) as Error;

it('is text and type, with the remark where there is one', () => {
	expect(read({})).toStrictEqual({ template: '您好{{name}}', type: 2 });
	expect(read({ type: '3', ttl: 60 }, '春季促销')).toEqual({ template: '您好{{name}}', type: 3, remark: '春季促销' });
	expect(read({}, ' ')).toEqual({ template: '您好{{name}}', type: 2 });
});

it('has a validity period where it is for codes', () => {
	const code = { text: '{{ code }}', type: 1 };
	expect(read({ ...code, ttl: '86400' })).toEqual({ template: '{{ code }}', type: 1, ttl: 86400 });
	expect(read({ ...code, ttl: 1 })).toMatchObject({ ttl: 1 });
	for (const ttl of [0, 86401]) {
		expect(() => read({ ...code, ttl })).toThrow(
			refusal(
				`'Validity Period' must be a whole number from 1 to 86400, not the number ${ttl}`,
				"Set 'Validity Period' to 1 to 86400 seconds.",
			),
		);
	}
});

it.each([0, 4, 'Marketing'])('refuses the type %j', (type) => {
	expect(() => read({ type })).toThrow(
		refusal(
			expect.stringMatching(/^'Type' must be a whole number from 1 to 3, not .*$/),
			"Choose one of the types in the list of 'Type'.",
		),
	);
});

describe('the text', () => {
	it('has at most 500 characters, however many bytes they have', () => {
		expect(read({ text: '😀'.repeat(500) })).toMatchObject({ template: '😀'.repeat(500) });
		expect(() => read({ text: '长'.repeat(501) })).toThrow(
			refusal(
				"'Text' has 501 characters; with signature and opt-out phrase an SMS has at most 500",
				'Shorten the text.',
			),
		);
	});

	it.each([
		['', "'Text' is empty", 'Give the text of the template.'],
		[['您好'], "'Text' holds a list instead of a text", 'Give the text of the template.'],
	])('is refused as %j', (text, message, hint) => {
		expect(() => read({ text })).toThrow(refusal(message, hint));
	});

	it.each(['【您好', '您好】'])('is refused as %j: the brackets are those of the signature', (text) => {
		expect(() => read({ text })).toThrow(
			refusal("'Text' contains 【 or 】, which are kept for the signature", 'Remove them: JSMS adds the signature.'),
		);
	});

	it.each(['a', 'A1', '1a', 'first_name', 'a__b', 'Z9_z'])('may have a parameter %s', (name) => {
		expect(read({ text: `{{${name}}}和{{ ${name} }}` })).toMatchObject({ type: 2 });
	});

	it.each(['_a', 'a_', '姓名', 'a-b', 'a b', ''])("may have no parameter '%s'", (name) => {
		expect(() => read({ text: `{{good}}{{${name}}}` })).toThrow(
			refusal(
				`The parameter {{${name}}} has a name that JSMS does not allow`,
				'Use letters and digits in parameter names; _ is allowed between them.',
			),
		);
	});

	it.each(['您好', '{{number}}', '{{code}}{{code}}', '{{code}}{{name}}'])('%j is none for a code', (text) => {
		expect(() => read({ text, type: 1, ttl: 60 })).toThrow(
			refusal(
				'A template for verification codes has exactly one parameter, {{code}}',
				"Write {{code}} once into 'Text', or choose another 'Type'.",
			),
		);
	});

	it('may be without parameters otherwise', () => {
		expect(read({ text: '您好' })).toEqual({ template: '您好', type: 2 });
	});
});

describe('the remark', () => {
	it('has at most 500 characters and is a text', () => {
		expect(read({}, 'x'.repeat(500))).toMatchObject({ remark: 'x'.repeat(500) });
		expect(() => read({}, 'x'.repeat(501))).toThrow(
			refusal("'Remark' has 501 characters; JSMS allows at most 500", "Shorten 'Remark'."),
		);
		expect(() => read({}, 5)).toThrow(
			refusal("'Remark' holds the number 5 instead of a text", "Give 'Remark' a text, or remove it."),
		);
	});

	it.each(['http://example.com', 'see HTTPS://example.com'])('explains a link: %s', (remark) => {
		expect(read({ text: '请看{{url}}' }, remark)).toMatchObject({ remark });
	});

	it.each([undefined, 'a link', 'https:/example.com'])('is asked for a link that %j does not hold', (remark) => {
		expect(() => read({ text: '请看{{url}}' }, remark)).toThrow(
			refusal(
				'The parameter {{url}} stands for a link, which must be explained in the remark',
				"Put the link into the option 'Remark', preferably at its beginning.",
			),
		);
	});
});
