import { findOperation } from '../../../nodes/JSms/resources';
import { compileTemplate } from '../../../nodes/JSms/model/templateText';
import { inputOf } from './operation';

function preview(
	template: string,
	type: number,
	parameters: Record<string, string>,
	options: Record<string, unknown> = {},
) {
	const operation = findOperation('template', 'preview');
	if (operation?.kind !== 'preview') throw new Error('There is no preview');
	return operation.toItem(inputOf({ templateId: 1250 }, options, parameters), { ...compileTemplate(template), type });
}

it('shows the whole text, what it costs, and what is wrong with its parameters', () => {
	expect(preview('{{name}}您好，{{order}}', 2, { name: '王芳', extra: 'x' }, { signatureText: '示例' })).toStrictEqual({
		temp_id: 1250,
		text: '【示例】王芳您好，{{order}}',
		characters: 18,
		segments: 1,
		missing: ['order'],
		unused: ['extra'],
	});
});

it('shows the number that it would go to, and how marketing says how to opt out', () => {
	expect(preview('您好', 3, {}, { mobile: '+86 13812345678' })).toStrictEqual({
		mobile: '13812345678',
		temp_id: 1250,
		text: '您好拒收请回复R',
		characters: 8,
		segments: 1,
		missing: [],
		unused: [],
	});
});

it('misses a parameter that only looks given because every object has it', () => {
	expect(preview('{{toString}}', 2, {})).toMatchObject({ text: '{{toString}}', missing: ['toString'] });
});

it('counts a second unit from the 71st character on', () => {
	expect(preview('{{name}}', 2, { name: 'x'.repeat(71) })).toMatchObject({ characters: 71, segments: 2 });
});

it('reads the template of each item', () => {
	expect(findOperation('template', 'preview')).toMatchObject({ kind: 'preview', usesTemplate: true });
});
