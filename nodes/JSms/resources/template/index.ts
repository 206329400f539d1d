import type { Resource } from '../../model/operation';
import { create } from './create.operation';
import { deleteTemplate } from './delete.operation';
import { get } from './get.operation';
import { preview } from './preview.operation';
import { update } from './update.operation';

export const template: Resource = {
	value: 'template',
	name: 'Template',
	description: 'Texts of SMS, which Jiguang reviews before they can be sent',
	operations: [create, deleteTemplate, get, preview, update],
};
