import type { Resource } from '../../model/operation';
import { create } from './create.operation';
import { deleteSignature } from './delete.operation';
import { get } from './get.operation';
import { update } from './update.operation';

export const signature: Resource = {
	value: 'signature',
	name: 'Signature',
	description: 'The name in front of SMS, which Jiguang reviews before it can be used',
	operations: [create, deleteSignature, get, update],
};
