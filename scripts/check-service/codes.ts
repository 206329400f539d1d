import { findReturnCode } from '../../nodes/JSms/model/returnCodes';
import type { Answer } from './answer';

/** Where a response contradicts the return-code table of the node; undefined: nowhere. */
export function tableNote({ status, code, message }: Answer): string | undefined {
	if (code === undefined) return undefined;
	if (typeof code !== 'number') return `the code is no number: ${code}`;
	const known = findReturnCode(code);
	if (!known) return `${code} is not in the table of the node`;
	const differs = [
		...(known.httpStatus === status ? [] : [`status ${known.httpStatus}`]),
		...(known.message === message ? [] : [`"${known.message}"`]),
	];
	return differs.length === 0 ? undefined : `${code}: the table of the node says ${differs.join(' and ')}`;
}
