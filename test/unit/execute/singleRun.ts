import type { IDataObject } from 'n8n-workflow';

import { runSingle } from '../../../nodes/JSms/execute/single';
import { send } from '../../../nodes/JSms/resources/message/send.operation';
import { acceptAll, contextOf, phones, withTemplate, type ServiceResponse, type Asked } from './context';

/** Runs of an operation that makes one request per item, for the tests. */

export type Given = Parameters<typeof contextOf>[0];

/** A send of template 1250 to the number of each item, one after the other. */
export async function sendTo(items: IDataObject[], options: IDataObject = {}, given: Given = {}, operation = send) {
	const parameters = {
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		parameterMode: 'pairs',
		parameters: { parameter: [{ name: 'number', value: '={{ $json.code }}' }] },
		options: { concurrency: 1, ...options },
	};
	const { context, asked, hints, warnings } = contextOf({
		items: items.map((item) => ({ code: '1', ...item })),
		parameters,
		...given,
	});
	const run = { asked, hints, warnings };
	try {
		const [output] = await runSingle(context, operation);
		return { ...run, output, jsons: output.map(({ json }) => json), error: undefined };
	} catch (error) {
		return { ...run, output: [], jsons: [], error: error as Error & { description: string; context: IDataObject } };
	}
}

export const sms = ({ phone }: IDataObject) => ({ msg_id: `id-${String(phone)}`, mobile: phone, temp_id: 1250 });
export const numbersOf = (asked: Asked[]) => asked.map(({ body }) => body?.mobile);
export const heldBack = (reason: string) => expect.objectContaining({ error: `Not sent: ${reason}` }) as IDataObject;
export const [ONE, TWO, THREE] = phones(3);

/** Answers one number in its own way. */
export const answering =
	(phone: IDataObject, special: () => ServiceResponse) =>
	(asked: Asked): ServiceResponse =>
		asked.body?.mobile === phone.phone ? special() : acceptAll(asked);

/** A service with a template of one unit and so many units left. */
export const withUnits = (units: number) => withTemplate('No. {{number}}', units);
