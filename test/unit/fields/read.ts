import type { Read } from '../../../nodes/JSms/model/inputProblem';

/** Reads parameters from an object, as the node does from n8n. */
export const readFrom =
	(values: Record<string, unknown>): Read =>
	(name) =>
		values[name];
