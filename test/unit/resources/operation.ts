import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../../../nodes/JSms/model/request';
import type { BatchOperation, ItemInput } from '../../../nodes/JSms/model/operation';
import { findOperation } from '../../../nodes/JSms/resources';
import { readFrom } from '../fields/read';

/** What an item of a node gives to an operation. */
export const inputOf = (
	fields: Record<string, unknown>,
	options: Record<string, unknown> = {},
	parameters: Record<string, string> = {},
): ItemInput => ({
	read: readFrom(fields),
	option: readFrom(options),
	templateParameters: () => parameters,
	givenParameters: () => parameters,
	timeZone: 'Asia/Shanghai',
	binary: async () => await Promise.resolve(undefined),
});

/** An operation with one request per item. */
export function single(resource: string, value: string) {
	const operation = findOperation(resource, value);
	if (operation?.kind !== 'single') throw new Error(`${resource} has no ${value}`);
	const requestOf = async (...given: Parameters<typeof inputOf>) => await operation.buildRequest(inputOf(...given));
	const itemsOf = (answer: unknown, request: Partial<ApiRequest> = {}): IDataObject[] | undefined =>
		operation.toItems(answer, { method: 'POST', path: '/', ...request });
	return { operation, requestOf, itemsOf };
}

/** An operation with many items per request. */
export function batch(resource: string, value: string): BatchOperation {
	const operation = findOperation(resource, value);
	if (operation?.kind !== 'batch') throw new Error(`${resource} has no ${value}`);
	return operation;
}
