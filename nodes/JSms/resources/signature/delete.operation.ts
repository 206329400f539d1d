import { readSignatureIdField, signatureIdField } from '../../fields/signature';
import type { SingleOperation } from '../../model/operation';

/** DELETE /sign/{sign_id}: responds with an empty body; the default signature cannot be deleted (50105). */
export const deleteSignature: SingleOperation = {
	kind: 'single',
	effect: 'delete',
	value: 'delete',
	name: 'Delete',
	action: 'Delete signature',
	description: 'Delete a signature for good. Messages that use it are refused afterwards.',
	fields: [signatureIdField],
	expects: 'empty',
	buildRequest: ({ read }) => {
		const signatureId = readSignatureIdField(read);
		return { method: 'DELETE', path: `/sign/${signatureId}`, metadata: { sign_id: signatureId } };
	},
	toItems: (_response, { metadata }) => [{ deleted: true, ...metadata }],
};
