import type { Operation, Resource } from '../operation';
import { account } from './account';
import { message } from './message';
import { verificationCode } from './verificationCode';

/** Everything the node can do: menus, fields and the lookup come from this list. */
export const CATALOG: readonly Resource[] = [account, message, verificationCode];

/** Finds an operation by its stored values; undefined for values that no menu entry has. */
export function findOperation(resource: unknown, operation: unknown): Operation | undefined {
	return CATALOG.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}
