import type { INodeProperties } from 'n8n-workflow';

import { isRecord, parseJson } from '../json';
import type { Recipient } from '../batch/types';
import { toMobile } from './mobile';
import { InputProblem, kindOf, type Read } from './problem';
import { toTemplateParameters } from './templateParameters';

export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Recipients From',
		name: 'recipientsFrom',
		type: 'options',
		noDataExpression: true,
		default: 'inputItems',
		options: [
			{ name: 'Input Items', value: 'inputItems', description: 'Every input item is one recipient' },
			{ name: 'List', value: 'list', description: 'Every input item carries a whole list of recipients' },
		],
		description: 'Where the recipients come from',
	},
	{
		displayName: 'Recipients',
		name: 'recipients',
		type: 'json',
		default: '[]',
		required: true,
		placeholder: 'e.g. [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }]',
		displayOptions: { show: { recipientsFrom: ['list'] } },
		description: 'A list of recipients, each with mobile and, if the template has parameters, temp_para',
		hint: 'A list such as [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }]',
	},
];

const HINT = 'Give a list such as [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }].';

/** A recipient of a list, or why it cannot be sent to and what is known of it. */
export type ListEntry = ListRecipient | ({ problem: InputProblem } & Partial<ListRecipient>);
type ListRecipient = Pick<Recipient, 'mobile' | 'tempPara'>;

/**
 * Reads the list of recipients that an item carries. A bad entry does not spoil the others.
 * @throws InputProblem when it is no list, or an empty one
 */
export function readRecipientList(read: Read): ListEntry[] {
	const list = parsed(read('recipients'));
	if (!Array.isArray(list)) throw new InputProblem(`'Recipients' holds ${kindOf(list)} instead of a list`, HINT);
	if (list.length === 0) throw new InputProblem("'Recipients' is an empty list", HINT);
	return list.map((entry: unknown, index) => {
		try {
			return readEntry(entry, index);
		} catch (error) {
			return { problem: asProblem(error), ...known(entry) };
		}
	});
}

function readEntry(entry: unknown, index: number): ListRecipient {
	const place = `Recipient ${index + 1} of 'Recipients'`;
	if (!isRecord(entry)) throw new InputProblem(`${place} is ${kindOf(entry)} instead of an object`, HINT);
	return {
		mobile: toMobile(entry.mobile, `The mobile of recipient ${index + 1} in 'Recipients'`),
		tempPara: toTemplateParameters(entry.temp_para, `The temp_para of recipient ${index + 1} in 'Recipients'`),
	};
}

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return value.trim() === '' ? [] : parseJson(value);
	} catch (error) {
		return rejectJson(error instanceof Error ? error.message : String(error));
	}
}

function rejectJson(reason: string): never {
	throw new InputProblem(`'Recipients' is not valid JSON (${reason})`, HINT);
}

function asProblem(error: unknown): InputProblem {
	return error instanceof InputProblem ? error : new InputProblem(String(error), HINT);
}

/** What can be read of a bad entry, for its row. */
function known(entry: unknown): Partial<ListRecipient> {
	if (!isRecord(entry)) return {};
	const { mobile, temp_para: given } = entry;
	return {
		...((typeof mobile === 'string' || typeof mobile === 'number') && { mobile: String(mobile) }),
		...attempt(() => ({ tempPara: toTemplateParameters(given, 'temp_para') })),
	};
}

function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
