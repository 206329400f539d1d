import { allowUnusualValuesOption } from '../../fields/options';
import { readOptionalMobile, recipientOption } from '../../fields/mobile';
import { readSignatureText, signatureTextOption } from '../../fields/signatureText';
import { readTemplateId, templateIdField } from '../../fields/template';
import { templateParameterFields } from '../../fields/templateParameters';
import type { PreviewOperation } from '../../model/operation';
import { missingNames, unusedNames } from '../../model/templateText';
import { charactersOf, unitsOf } from '../../model/units';
import { wholeSms } from '../../model/wholeSms';

/** GET /templates/{temp_id}, once for each template of a run; the texts are made here. */
export const preview: PreviewOperation = {
	kind: 'preview',
	value: 'preview',
	name: 'Preview',
	action: 'Preview template',
	description: 'Show the text that each item would send, and how many SMS units it costs. Nothing is sent.',
	fields: [
		{
			...templateIdField,
			description: `${templateIdField.description}. JSMS ends every marketing SMS with 拒收请回复R.`,
			hint: undefined,
		},
		...templateParameterFields,
	],
	options: [recipientOption, signatureTextOption, allowUnusualValuesOption],
	usesTemplate: true,
	toItem: ({ read, option, givenParameters }, template) => {
		const given = givenParameters();
		const mobile = readOptionalMobile(option);
		const text = wholeSms(template, given, readSignatureText(option));
		const characters = charactersOf(text);
		return {
			...(mobile !== undefined && { mobile }),
			temp_id: readTemplateId(read),
			text,
			characters,
			segments: unitsOf(characters),
			missing: missingNames(template.names, (name) => Object.hasOwn(given, name)),
			unused: unusedNames(template.names, given),
		};
	},
};
