import type { Resource } from '../../model/operation';
import { create } from './create.operation';
import { createBatch } from './createBatch.operation';
import { deleteSchedule } from './delete.operation';
import { get } from './get.operation';
import { update } from './update.operation';
import { updateBatch } from './updateBatch.operation';

export const schedule: Resource = {
	value: 'schedule',
	name: 'Schedule',
	description: 'Template SMS that JSMS sends at a later time',
	operations: [create, createBatch, deleteSchedule, get, update, updateBatch],
};
