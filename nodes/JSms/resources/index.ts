import type { Operation, Resource } from '../model/operation';
import { account } from './account';
import { message } from './message';
import { receipt } from './receipt';
import { schedule } from './schedule';
import { signature } from './signature';
import { template } from './template';
import { verificationCode } from './verificationCode';

/** Everything the node can do, in the order of use: menus, fields and the lookup come from this list. */
export const CATALOG: readonly Resource[] = [
	message,
	verificationCode,
	schedule,
	receipt,
	account,
	template,
	signature,
];

/** Finds an operation by its stored values; undefined for values that no menu entry has. */
export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return CATALOG.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}
