import { isRecord, isShallow } from '../../model/json';
import type { SingleOperation } from '../../model/operation';
import type { IDataObject } from 'n8n-workflow';

/** GET /accounts/app: quota assigned to this application; null means that nothing is assigned. */
export const getAppBalance: SingleOperation = {
	kind: 'single',
	effect: 'idempotent',
	value: 'getAppBalance',
	name: 'Get App Balance',
	action: 'Get app balance',
	description: 'Read how many SMS the application of the credential has left',
	fields: [],
	buildRequest: () => ({ method: 'GET', path: '/accounts/app' }),
	toItems: (body) => (isRecord(body) && isShallow(body) ? [body as IDataObject] : undefined),
};
