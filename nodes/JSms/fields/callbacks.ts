import type { INodeProperties } from 'n8n-workflow';

import { readEvents, RECEIPT_EVENTS } from './events';
import { toWholeNumber } from './numbers';
import { isEmpty, type Read } from '../model/inputProblem';

/** What can start a workflow, in the order of the menu. */
const EVENTS = [
	...RECEIPT_EVENTS,
	{ name: 'Signature Review', value: 'signatureReview', description: 'A signature was approved or rejected' },
	{ name: 'Template Review', value: 'templateReview', description: 'A template was approved or rejected' },
];

/**
 * Seconds. The service repeats a failed callback after 3 minutes, 1 hour and 12 hours ("Callback"), 13 hours and 3 minutes
 * in all should each count from the one before.
 */
const DEFAULT_MAX_AGE = 14 * 3600;

export const CALLBACK_FIELDS: INodeProperties[] = [
	{
		displayName:
			'<b>One step in the Jiguang console:</b> publish this workflow (n8n 1.x: activate it), then copy the <b>Production URL</b> above into the SMS settings of your application, as callback address. JSMS checks it at once. n8n must be reachable from the internet on port 80 or 443; other ports are not accepted. <b>While callbacks are on, pulling is off:</b> the JSms Receipt Trigger and the Receipt operations of the JSms node no longer get those records.',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: EVENTS,
		default: ['deliveryReport', 'reply'],
		required: true,
		description: 'What starts the workflow. Callbacks for other events are confirmed to JSMS and dropped.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Test Events',
				name: 'includeTestEvents',
				type: 'boolean',
				default: true,
				description:
					"Whether the test button of the Jiguang console starts the workflow. Its items hold made-up data and are marked with 'test'.",
			},
			{
				displayName: 'Max Age',
				name: 'maxAge',
				type: 'number',
				default: DEFAULT_MAX_AGE,
				typeOptions: { minValue: 0, numberPrecision: 0 },
				description:
					'How old a callback may be, in seconds. The default, 14 hours, accepts every repeat of JSMS (after 3 minutes, 1 hour and 12 hours). A shorter time is safer against replayed callbacks but loses late repeats. 0 means no limit.',
			},
		],
	},
];

/** What the node's fields say about callbacks. */
export interface CallbackSettings {
	/** Values of the events that start the workflow. */
	events: Set<string>;
	/** Seconds; 0 for no limit. */
	maxAge: number;
	includeTestEvents: boolean;
}

/**
 * Reads the fields of the callback trigger.
 * @throws InputProblem when a value cannot be right, as an expression may give it
 */
export function readCallbackSettings(field: Read, option: Read): CallbackSettings {
	return {
		events: new Set(
			readEvents(
				field('events'),
				EVENTS.map(({ value }) => value),
			),
		),
		maxAge: isEmpty(option('maxAge'))
			? DEFAULT_MAX_AGE
			: toWholeNumber(
					option('maxAge'),
					"'Max Age'",
					{ min: 0, max: Number.MAX_SAFE_INTEGER },
					"Set 'Max Age' under Options to a number of seconds, or remove it.",
				),
		includeTestEvents: option('includeTestEvents') !== false,
	};
}
