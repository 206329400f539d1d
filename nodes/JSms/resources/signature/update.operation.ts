import { toId } from '../review';
import {
	readSignatureForm,
	readSignatureIdField,
	signatureFields,
	signatureIdField,
	signatureOptions,
} from '../../fields/signature';
import type { SingleOperation } from '../../model/operation';

/**
 * POST /sign/{sign_id}: one page heads this call with PUT, but its example and every official client use POST. Not repeated:
 * what arrived is under review, so that a second try would be refused and look as if nothing had happened.
 */
export const update: SingleOperation = {
	kind: 'single',
	effect: 'once',
	value: 'update',
	name: 'Update',
	action: 'Update signature',
	description: 'Change a rejected signature and submit it for review again',
	fields: [signatureIdField, ...signatureFields],
	options: signatureOptions,
	buildRequest: async (input) => ({
		method: 'POST',
		path: `/sign/${readSignatureIdField(input.read)}`,
		form: await readSignatureForm(input),
	}),
	toItems: (body) => toId(body, 'sign_id'),
};
