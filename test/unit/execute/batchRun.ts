import type { IDataObject } from 'n8n-workflow';

import { runBatchOperation } from '../../../nodes/JSms/execute/batch';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';
import { acceptAll, contextOf, phones, withTemplate, type ServiceResponse, type Asked } from './context';

/** Runs of a batch operation, for the tests. */

type Given = Parameters<typeof contextOf>[0];

export const FIELDS: IDataObject = { mobile: '={{ $json.phone }}', templateId: 1250, recipientsFrom: 'inputItems' };

/** A batch of template 1250 to the number of each item. */
export async function sendTo(
	items: IDataObject[],
	options: IDataObject = {},
	given: Given = {},
	operation = sendBatch,
) {
	const { context, asked, hints, warnings } = contextOf({
		items,
		parameters: { ...FIELDS, options: { concurrency: 1, ...options } },
		...given,
	});
	const run = { asked, hints: hints as Array<{ message: string }>, warnings };
	try {
		const outputs = await runBatchOperation(context, operation);
		const rows = outputs.map((output) => output.map(({ json }) => json));
		return { ...run, outputs, rows, error: undefined };
	} catch (error) {
		return { ...run, outputs: [], rows: [], error: error as Error & { description: string } };
	}
}

export const [ONE, TWO, THREE] = phones(3);
export const sent = ({ phone }: IDataObject) =>
	expect.objectContaining({ status: 'sent', mobile: phone, msg_id: `id-${String(phone)}` }) as IDataObject;
export const recipientsOf = ({ body }: Asked) =>
	(body?.recipients as Array<{ mobile: string }>).map(({ mobile }) => mobile);
export const batches = ({ asked }: { asked: Asked[] }) =>
	asked.filter(({ path }) => path === '/messages/batch').map((one) => recipientsOf(one));

/** Answers a request in its own way where it holds a number. */
export const answering =
	({ phone }: IDataObject, special: () => ServiceResponse) =>
	(asked: Asked): ServiceResponse =>
		recipientsOf(asked).includes(phone as string) ? special() : acceptAll(asked);

/** A service with a template of one unit and so many units left. */
export const withUnits = (units: number) => withTemplate('Hello', units);
