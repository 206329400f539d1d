import { readTemplateId } from '../../../nodes/JSms/fields/template';
import { readFrom } from './read';

describe('template ID', () => {
	it.each([[1250], ['1250'], [' 1250 ']])('is read from %j', (templateId) => {
		expect(readTemplateId(readFrom({ templateId }))).toBe(1250);
	});

	it.each([0, -1, 1.5, 'abc', '0', '1,2', true, [1250], { id: 1250 }])('is refused as %j', (templateId) => {
		expect(() => readTemplateId(readFrom({ templateId }))).toThrow(
			/^'Template ID' must be a whole number of 1 or more, not .+$/,
		);
		expect(() => readTemplateId(readFrom({ templateId }))).toThrow(
			expect.objectContaining({
				hint: "Copy the ID from the Jiguang console (短信管理 > 模版管理) into 'Template ID'.",
			}) as Error,
		);
	});

	it('is refused when empty', () => {
		expect(() => readTemplateId(readFrom({ templateId: '' }))).toThrow("'Template ID' is empty");
	});
});
