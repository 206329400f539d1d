import { toReviewed } from '../review';
import { readSignatureIdField, signatureIdField } from '../../fields/signature';
import type { SingleOperation } from '../../model/operation';

/** GET /sign/{sign_id}: does not tell why a signature was rejected; only the callback does. */
export const get: SingleOperation = {
	kind: 'single',
	effect: 'idempotent',
	value: 'get',
	name: 'Get',
	action: 'Get signature',
	description: 'Read a signature and the state of its review',
	fields: [signatureIdField],
	buildRequest: ({ read }) => ({ method: 'GET', path: `/sign/${readSignatureIdField(read)}` }),
	toItems: toReviewed,
};
