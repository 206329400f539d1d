import { responses } from './responses';
import { connection } from './connection';
import { huge } from './huge';
import type { FaultKind } from './kind';
import { rows } from './rows';
import { timing } from './timing';

/** All kinds of faults by name. */
export const KINDS: Readonly<Record<string, FaultKind>> = Object.freeze({
	...responses,
	...timing,
	...connection,
	...rows,
	...huge,
});
