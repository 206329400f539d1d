import { InputProblem, isEmpty, kindOf } from '../model/inputProblem';

/** What both triggers can start a workflow for. */
export const RECEIPT_EVENTS = [
	{
		name: 'Delivery Report',
		value: 'deliveryReport',
		description: 'A message was delivered, or not, with the reason',
	},
	{ name: 'Reply', value: 'reply', description: 'Somebody replied to a message' },
];

/**
 * Reads the field 'Events': a list of events, or a single one, as an expression may give it.
 * @returns those chosen, in the order of `known`
 * @throws InputProblem when none is chosen, or one that is not known
 */
export function readEvents<Event extends string>(value: unknown, known: readonly Event[]): Event[] {
	const hint = "Choose at least one event in 'Events'.";
	if (isEmpty(value) || (Array.isArray(value) && value.length === 0)) {
		throw new InputProblem("'Events' is empty", hint, 'everyone');
	}
	const chosen: unknown[] = Array.isArray(value) ? value : [value];
	const other = chosen.find((one) => !known.some((event) => event === one));
	if (other !== undefined) throw new InputProblem(`'Events' must be an event, not ${kindOf(other)}`, hint, 'everyone');
	return known.filter((event) => chosen.includes(event));
}
