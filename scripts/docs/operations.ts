import { CATALOG } from '../../nodes/JSms/resources';
import { table } from './table';

/** The operations by resource, named and ordered as in the menus. */
export function operationTable() {
	const rows = CATALOG.map(({ name, operations }) => [name, operations.map((one) => `**${one.name}**`).join(', ')]);
	return table(['Resource', 'Operations'], rows);
}
