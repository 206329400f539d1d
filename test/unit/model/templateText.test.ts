import * as fc from 'fast-check';

import { compileTemplate, missingNames, renderText, unusedNames } from '../../../nodes/JSms/model/templateText';

const namesIn = (text: string) => compileTemplate(text).names;

describe('names of the parameters', () => {
	it('come in order of appearance, each once, without blanks', () => {
		expect(namesIn('尊敬的{{name}}，订单{{ order }}预计{{date}}送达，{{name}}请留意')).toEqual([
			'name',
			'order',
			'date',
		]);
	});

	it('are none in a text without parameters or with broken braces', () => {
		expect(['系统维护', '', '{{}}', '{{ }}', '{name}', '{{name}'].map(namesIn)).toEqual(new Array(6).fill([]));
	});
});

describe('the text', () => {
	it('holds every value in all its places', () => {
		const template = compileTemplate('{{name}}您好，{{ order }}已到，{{name}}请取');
		expect(renderText(template, { name: '王芳', order: 'A-1' })).toBe('王芳您好，A-1已到，王芳请取');
	});

	it('shows what is missing as the template writes it', () => {
		expect(renderText(compileTemplate('{{name}}您好，{{ order }}已到'), { name: '' })).toBe('您好，{{ order }}已到');
	});

	it('takes values as they are: braces and dollar signs in them mean nothing', () => {
		expect(renderText(compileTemplate('{{a}}{{b}}'), { a: '{{b}}', b: '$&$1' })).toBe('{{b}}$&$1');
	});

	it('does not take inherited names for values', () => {
		expect(renderText(compileTemplate('{{constructor}}'), {})).toBe('{{constructor}}');
	});

	it('is the one of which the template was made, for random texts', () => {
		const name = fc.stringMatching(/^[A-Za-z0-9]{1,5}$/);
		const words = fc.string({ unit: fc.constantFrom('您', '好', '{', 'x', '\n', '$', ' ', '。') }).map((text) =>
			// Braces that would make a parameter with their neighbours.
			text.replace(/[{}]{2,}|[{}]$|^[{}]/g, ''),
		);
		fc.assert(
			fc.property(words, fc.array(fc.tuple(name, fc.string(), words)), (first, parts) => {
				const values = Object.fromEntries(parts.map(([key, value]) => [key, value]));
				const text = first + parts.map(([key, , rest]) => `{{${key}}}${rest}`).join('');
				const template = compileTemplate(text);
				expect(renderText(template, {})).toBe(text);
				expect(renderText(template, values)).toBe(first + parts.map(([key, , rest]) => values[key] + rest).join(''));
				expect(template.names).toEqual([...new Set(parts.map(([key]) => key))]);
			}),
		);
	});
});

it('names of a template without a value are missing, values without a place are unused', () => {
	const given = { order: '1', city: '上海' };
	expect(missingNames(['name', 'order'], (name) => Object.hasOwn(given, name))).toEqual(['name']);
	expect(unusedNames(['name', 'order'], given)).toEqual(['city']);
});
