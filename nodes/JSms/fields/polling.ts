import type { INodeProperties } from 'n8n-workflow';

import { readEvents, RECEIPT_EVENTS } from './events';
import { toWholeNumber } from './numbers';
import { timeoutOption } from './options';
import { isEmpty, type Read } from '../model/inputProblem';

/** What can be polled. Replies first: they are few, and somebody who unsubscribes must not wait for a flood of reports. */
const EVENTS = ['reply', 'deliveryReport'] as const;

export type PollingEvent = (typeof EVENTS)[number];

/**
 * Records after which a poll asks for no further page: four pages, some twenty seconds at the pace of the service, and no
 * more than a crash between reading and storing may lose.
 */
const DEFAULT_MAX_RECORDS = 2000;

export const POLLING_FIELDS: INodeProperties[] = [
	{
		displayName:
			'<b>JSMS gives out each record only once.</b> A test with the button above also takes records, up to 500 of each kind. <b>Callbacks must be off</b> in the Jiguang console, or there are no records to read. Use only one polling workflow for each application, and let it start the others.',
		name: 'pollNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: RECEIPT_EVENTS,
		default: ['deliveryReport', 'reply'],
		required: true,
		description: 'What to ask JSMS for. What is not chosen stays with JSMS, for three days.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Max Records per Poll',
				name: 'maxRecords',
				type: 'number',
				default: DEFAULT_MAX_RECORDS,
				typeOptions: { minValue: 1, numberPrecision: 0 },
				description:
					'How many records of each kind one poll reads, in pages of 500. Records read in a poll are lost if n8n stops before storing them; the others stay at JSMS. One poll reads about 4,000 at most.',
			},
			timeoutOption,
		],
	},
];

/** What the node's fields say about polling. */
export interface PollingSettings {
	events: PollingEvent[];
	maxRecords: number;
	/** Milliseconds per request. */
	timeout: number;
}

/**
 * Reads the fields of the polling trigger.
 * @throws InputProblem when a value cannot be right
 */
export function readPollingSettings(field: Read, option: Read): PollingSettings {
	const whole = (name: string, label: string, fallback: number, max: number) =>
		isEmpty(option(name))
			? fallback
			: toWholeNumber(
					option(name),
					`'${label}'`,
					{ min: 1, max },
					`Set '${label}' under Options to a number within the range, or remove it.`,
				);
	return {
		events: readEvents(field('events'), EVENTS),
		maxRecords: whole('maxRecords', 'Max Records per Poll', DEFAULT_MAX_RECORDS, Number.MAX_SAFE_INTEGER),
		timeout: whole('timeout', 'Timeout', 30_000, 3_600_000),
	};
}
