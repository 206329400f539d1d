import type { INodePropertyOptions } from 'n8n-workflow';

import { signatureFields, signatureOptions } from '../../../nodes/JSms/fields/signature';

const options = (name: string) =>
	signatureFields.find((field) => field.name === name)?.options as INodePropertyOptions[];
const labels = (fields: Array<{ displayName?: string; name: string }>) =>
	fields.map(({ displayName, name }) => displayName ?? name);
const types = options('type').filter(({ name }) => !name.includes('Old Form'));

it.each(types.map(({ name, description = '' }) => [name, description]))(
	'the type %s says which images and options it needs, by their labels',
	(_, description) => {
		const [, images, texts] = /^Needs the images (.+), and the options (.+)$/.exec(description) ?? [];
		expect(images.split(' and ').filter((label) => !labels(options('images')).includes(label))).toEqual([]);
		expect(texts.split(/, | and /).filter((label) => !labels(signatureOptions).includes(label))).toEqual([]);
	},
);

it('each type needs another image', () => {
	expect(types).toHaveLength(4);
	expect(new Set(types.map(({ description }) => description)).size).toBe(4);
});
