import type { Call } from '../call';
import { BATCHES } from './batches';
import { MALFORMED } from './bodies';
import { MESSAGES } from './messages';
import { ownTemplate, RECORDS } from './records';
import { schedules } from './schedules';
import { SIGN_IN } from './signIn';

/**
 * Every call of the check, in order. None can send an SMS, cost or change anything.
 * @param now ms since 1970: send times are around it
 * @param template a template of the application, to be read
 */
export function defaultCalls(now: number, template?: number): readonly Call[] {
	return [
		...SIGN_IN,
		...MALFORMED,
		...MESSAGES,
		...BATCHES,
		...schedules(now),
		...RECORDS,
		...(template === undefined ? [] : [ownTemplate(template)]),
	];
}
