import type { Failure } from '../model/failure';
import { isRecord } from '../model/json';
import type { ApiRequest } from '../model/request';
import type { SingleOperation } from '../model/operation';
import type { TemplateParameters } from '../model/recipient';
import type { PlannedMessage } from './balance';
import { asFailure } from './itemResult';
import type { Session } from './session';

/** The request of an item with its 'Send Once Key', or why there is none. */
export type Prepared = { request: ApiRequest; key: string | undefined } | { failure: Failure };

/** Builds the request of an item; nothing is sent. */
export async function prepareItem(session: Session, operation: SingleOperation, itemIndex: number): Promise<Prepared> {
	try {
		const input = operation.usesTemplate ? await session.templateInput(itemIndex) : session.input(itemIndex);
		const built = operation.buildRequest(input);
		// Waiting takes its time even where there is nothing to wait for.
		return { request: built instanceof Promise ? await built : built, key: session.keys?.unique(itemIndex) };
	} catch (error) {
		return { failure: asFailure(error) };
	}
}

/** What an item sends by template, for adding it up: one message or none. */
export function plannedMessage(prepared: Prepared): PlannedMessage[] {
	if ('failure' in prepared) return [];
	const { method, body } = prepared.request;
	if (typeof body?.temp_id !== 'number') return [];
	return [
		{
			tempId: body.temp_id,
			// Left out where the template has no parameters.
			tempPara: isRecord(body.temp_para) ? (body.temp_para as TemplateParameters) : {},
			keyed: prepared.key !== undefined,
			replaces: method === 'PUT',
		},
	];
}
