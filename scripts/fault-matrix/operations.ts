import type { INodeParameters } from 'n8n-workflow';
import { CATALOG } from '../../nodes/JSms/resources';
import type { Operation, Resource } from '../../nodes/JSms/model/operation';
import { exampleParameters } from '../../test/support/operations';

/** Fields that are read from the items of the matrix: each item has its own number, and what was prepared for it. */
const FROM_ITEMS: INodeParameters = {
	mobile: '={{ $json.mobile }}',
	messageId: '={{ $json.messageId }}',
	code: '={{ $json.code }}',
	scheduleId: '={{ $json.scheduleId }}',
};

const PEOPLE = ['13800100001', '13800100002', '13800100003', '13800100004', '13800100005'];

export interface MatrixOperation {
	/** As in the menus */
	title: string;
	kind: Operation['kind'];
	/** Whether an SMS or a call goes out */
	sends: boolean;
	/** Whether it changes nothing, and may give any number of rows for an item */
	reads: boolean;
	parameters: INodeParameters & { options: INodeParameters };
	items: Array<{ mobile?: string }>;
}

/** Every operation of the catalog, with parameters that work. */
export function allOperations(): MatrixOperation[] {
	return CATALOG.flatMap((resource) =>
		resource.operations.map((operation) => {
			const offered = new Set((operation.options ?? []).map((option) => option.name));
			return {
				title: `${resource.name}: ${operation.name}`,
				kind: operation.kind,
				sends: operation.kind === 'batch' || (operation.kind === 'single' && operation.sends === true),
				reads: operation.kind === 'preview' || (operation.kind === 'single' && operation.effect === 'idempotent'),
				parameters: {
					resource: resource.value,
					operation: operation.value,
					...parametersOf(resource, operation),
					options: {
						...(offered.has('batchSize') && { batchSize: 2 }),
						...(offered.has('concurrency') && { concurrency: 1 }),
					},
				},
				items: itemsOf(operation),
			};
		}),
	);
}

/** @throws where the example of an operation lacks what the operation needs */
function parametersOf({ value: resource }: Resource, { value, fields }: Operation): INodeParameters {
	const fromItems = fields.filter(({ name }) => name in FROM_ITEMS).map(({ name }) => [name, FROM_ITEMS[name]]);
	const parameters: INodeParameters = { ...exampleParameters(resource, value), ...Object.fromEntries(fromItems) };
	const missing = fields.find(
		({ name, required, displayOptions }) => required && !displayOptions && !(name in parameters),
	);
	if (missing) throw new Error(`The example of ${resource}.${value} lacks the field "${missing.name}"`);
	return parameters;
}

/** Three items for what is done one by one, five recipients for a batch of requests of two, one for what has no input. */
function itemsOf({ kind, fields }: Operation): MatrixOperation['items'] {
	if (kind === 'batch') return PEOPLE.map((mobile) => ({ mobile }));
	return fields.length > 0 ? PEOPLE.slice(0, 3).map((mobile) => ({ mobile })) : [{}];
}
