import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../model/json';
import type { Recipient, TemplateParameters } from '../model/recipient';
import type { ItemInput } from '../model/operation';
import { parseField } from './jsonText';
import { toMobile } from './mobile';
import { allowsUnusual } from './options';
import { asInputProblem, InputProblem, kindOf } from '../model/inputProblem';
import { readCommonParameters, toTemplateParameters } from './templateParameters';

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
		description:
			'A list of recipients, each with mobile and, if the template has parameters, temp_para. A list of plain numbers works, too.',
		hint: 'A list such as [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }], or ["13812345678", "13912345678"]',
	},
];

const HINT =
	'Give a list such as [{ "mobile": "13812345678", "temp_para": { "number": "741627" } }] or ["13812345678", "13912345678"].';

const JSON_WORDS = {
	is: 'a valid list',
	hint: `${HINT} To send to the rows of a table, choose 'Recipients From: Input Items'.`,
};

/** A recipient of a list, or why it cannot be sent to and what is known of it. */
export type ListEntry = ListRecipient | ({ problem: InputProblem } & Partial<ListRecipient>);
type ListRecipient = Pick<Recipient, 'mobile' | 'tempPara'>;

/**
 * Reads the list of recipients that an item carries. A bad entry does not spoil the others.
 * @throws InputProblem when it is no list, or an empty one, or for a bad parameter that all have in common
 */
export function readRecipientList({ read, raw }: Pick<ItemInput, 'read' | 'raw'>): ListEntry[] {
	const list = listIn(read('recipients'), raw?.('recipients'));
	if (!Array.isArray(list)) throw new InputProblem(`'Recipients' holds ${kindOf(list)} instead of a list`, HINT);
	if (list.length === 0) throw new InputProblem("'Recipients' is an empty list", HINT);
	const common = readCommonParameters(read);
	const allows = allowsUnusual(read);
	return list.map((entry: unknown, index) => {
		try {
			return readEntry(entry, index, common, allows);
		} catch (error) {
			return { problem: asInputProblem(error, HINT), ...known(entry, common) };
		}
	});
}

function listIn(given: unknown, raw: unknown): unknown {
	if (typeof given !== 'string') return given;
	const list = parseField(given, raw, "'Recipients'", JSON_WORDS);
	return list === undefined ? [] : list;
}

function readEntry(entry: unknown, index: number, common: TemplateParameters, allows: () => boolean): ListRecipient {
	if (typeof entry === 'string' || typeof entry === 'number') {
		return { mobile: toMobile(entry, `Recipient ${index + 1} of 'Recipients'`), tempPara: { ...common } };
	}
	if (!isRecord(entry)) {
		throw new InputProblem(
			`Recipient ${index + 1} of 'Recipients' is ${kindOf(entry)} instead of an object or a number`,
			HINT,
		);
	}
	const mobile = toMobile(entry.mobile, `The mobile of recipient ${index + 1} in 'Recipients'`);
	const own = toTemplateParameters(entry.temp_para, `The temp_para of recipient ${index + 1} in 'Recipients'`, allows);
	return { mobile, tempPara: { ...common, ...own } };
}

/** What can be read of a bad entry, for its row. */
function known(entry: unknown, common: TemplateParameters): Partial<ListRecipient> {
	if (typeof entry === 'string' || typeof entry === 'number') return { mobile: String(entry), tempPara: { ...common } };
	if (!isRecord(entry)) return {};
	const { mobile, temp_para: given } = entry;
	return {
		...((typeof mobile === 'string' || typeof mobile === 'number') && { mobile: String(mobile) }),
		...attempt(() => ({ tempPara: { ...common, ...toTemplateParameters(given, 'temp_para', () => true) } })),
	};
}

function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
