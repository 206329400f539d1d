import { isRecord, isShallow } from '../../model/json';
import type { SingleOperation } from '../../model/operation';
import type { IDataObject } from 'n8n-workflow';

/** GET /accounts/dev: quota of the account that no application owns; the only call signed with the developer keys. */
export const getDeveloperBalance: SingleOperation = {
	kind: 'single',
	effect: 'idempotent',
	value: 'getDeveloperBalance',
	name: 'Get Developer Balance',
	action: 'Get developer balance',
	description: 'Read how many SMS the developer account has left for all applications',
	fields: [],
	credential: 'jSmsDeveloperApi',
	buildRequest: () => ({ method: 'GET', path: '/accounts/dev' }),
	toItems: (body) => (isRecord(body) && isShallow(body) ? [body as IDataObject] : undefined),
};
