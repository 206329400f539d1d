import { toId } from '../review';
import { readSignatureForm, signatureFields, signatureOptions } from '../../fields/signature';
import type { SingleOperation } from '../../model/operation';

/** POST /sign: a form with pictures. A second one would be refused while the first is under review (50103). */
export const create: SingleOperation = {
	kind: 'single',
	effect: 'once',
	value: 'create',
	name: 'Create',
	action: 'Create signature',
	description: 'Submit a signature for review, with the pictures that prove your right to it. It costs nothing.',
	fields: signatureFields,
	options: signatureOptions,
	buildRequest: async (input) => ({ method: 'POST', path: '/sign', form: await readSignatureForm(input) }),
	toItems: (body) => toId(body, 'sign_id'),
};
