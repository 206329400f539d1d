import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { CATALOG } from '../../nodes/JSms/resources';
import type { Operation } from '../../nodes/JSms/model/operation';

/** What a field of an operation holds in the matrix. Numbers of people come from the items. */
const VALUES: INodeParameters = {
	mobile: '={{ $json.mobile }}',
	templateId: 1250,
	parameterMode: 'json',
	parametersJson: '{"number":"741627"}',
	messageId: '={{ $json.messageId }}',
	code: '={{ $json.code }}',
	recipientsFrom: 'inputItems',
	sendTime: '2099-05-04T10:30:00',
	scheduleId: '={{ $json.scheduleId }}',
	signatureId: 37001,
	text: 'example',
	type: 2,
	returnAll: false,
	limit: 50,
};

/** Only codes are sent with a template of the verification kind, and only rejected templates can be changed. */
const OWN_VALUES: Record<string, INodeParameters> = {
	'verificationCode.sendText': { templateId: 1 },
	'template.update': { templateId: 4002 },
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
			const name = `${resource.value}.${operation.value}`;
			const offered = new Set((operation.options ?? []).map((option) => option.name));
			return {
				title: `${resource.name}: ${operation.name}`,
				kind: operation.kind,
				sends: operation.kind === 'batch' || (operation.kind === 'single' && operation.sends === true),
				reads: operation.kind === 'preview' || (operation.kind === 'single' && operation.effect === 'repeat'),
				parameters: {
					resource: resource.value,
					operation: operation.value,
					...valuesOf(operation.fields, name),
					...OWN_VALUES[name],
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

function valuesOf(fields: INodeProperties[], operation: string): INodeParameters {
	const needed = fields.filter(({ name, required }) => required || name in VALUES);
	const missing = needed.find(({ name, displayOptions }) => !(name in VALUES) && !displayOptions);
	if (missing) throw new Error(`The fault matrix needs an example for the field "${missing.name}" of ${operation}`);
	return Object.fromEntries(needed.filter(({ name }) => name in VALUES).map(({ name }) => [name, VALUES[name]]));
}

/** Three items for what is done one by one, five recipients for a batch of requests of two, one for what has no input. */
function itemsOf({ kind, fields }: Operation): MatrixOperation['items'] {
	if (kind === 'batch') return PEOPLE.map((mobile) => ({ mobile }));
	return fields.length > 0 ? PEOPLE.slice(0, 3).map((mobile) => ({ mobile })) : [{}];
}
