import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	NodeExecutionHint,
} from 'n8n-workflow';

import { checkBaseUrl } from '../api/baseUrl';
import type { Outcome } from '../model/outcome';
import { sendRequest, type SendPolicy } from '../api/request';
import { readRunSettings, type RunSettings } from '../fields/options';
import type { BinaryFile, ApiRequest } from '../model/request';
import { InputProblem, type Read } from '../model/inputProblem';
import {
	mapsAutomatically,
	readGivenParameters,
	readTemplateParameters,
	storedNames,
	type ParameterSource,
} from '../fields/templateParameters';
import { readTemplateId } from '../fields/template';
import { isRecord } from '../model/json';
import { openOnceKeys, type OnceKeys } from '../memory';
import type { ItemInput, Operation } from '../model/operation';
import type { KnownTemplate } from '../model/wholeSms';
import { ItemKeys } from './onceKeys';
import { Parameters } from './parameters';
import { describeReading } from './readingHints';
import { READING, Templates } from './templates';

/** What the input items hold. */
export interface Inputs {
	items: INodeExecutionData[];
	/** Send-once keys of the items; undefined where the option is not used. */
	keys: Pick<ItemKeys, 'of' | 'unique' | 'all'> | undefined;
	/** Reads the parameters of one item. */
	input: (itemIndex: number) => ItemInput;
	/** As `input`, with the names of the template looked up where they are needed; throws InputProblem. */
	templateInput: (itemIndex: number) => ItemInput | Promise<ItemInput>;
}

/** One run of the node: its items, settings and connection to the service. */
export interface Session extends Inputs {
	settings: RunSettings;
	/** A template, read once per run; throws InputProblem when it cannot be read. */
	template: (templateId: number) => Promise<KnownTemplate>;
	/** The node's memory of send-once keys, where they are used. */
	onceKeys: OnceKeys | undefined;
	/** Sends a request, signed with the credential; never throws. */
	send: (request: ApiRequest, policy: SendPolicy) => Promise<Outcome>;
	/** What the editor shows above the output about the fields: those that made the run slow or cannot be read, and odd values. */
	slowFields: () => NodeExecutionHint[];
}

/**
 * Opens a run: reads the settings that all items share and the credential.
 * @throws InputProblem when they cannot be right; nothing has been sent then
 */
export async function openSession(
	context: IExecuteFunctions,
	operation: Operation,
	inputs: OpenInputs = openInputs(context),
): Promise<Session> {
	const { parameters } = inputs;
	const credential = operation.credential ?? 'jSmsApi';
	const { baseUrl } = await context.getCredentials(credential, 0);
	const checked = checkBaseUrl(baseUrl);
	if ('problem' in checked) {
		throw new InputProblem(
			checked.problem,
			"Set 'Base URL' to the https address of JSMS, normally https://api.sms.jpush.cn/v1.",
			'everyone',
		);
	}
	const settings = readRunSettings(optionReader(parameters, 0));
	const send = async (request: ApiRequest, policy: SendPolicy) =>
		await sendRequest(context, { credential, baseUrl: checked.baseUrl, timeout: settings.timeout }, request, policy);
	const templates = new Templates(async (request) => await send(request, READING));

	return {
		...inputs,
		templateInput: (itemIndex) => {
			const input = inputs.input(itemIndex);
			if (!needsTemplate(input, parameters)) return input;
			return templates.of(readTemplateId(input.read)).then(({ names }) => inputs.input(itemIndex, names));
		},
		settings,
		template: async (templateId) => await templates.of(templateId),
		onceKeys: inputs.keys && openOnceKeys(context),
		send,
		slowFields: () => describeReading(parameters, propertiesOf(operation)),
	};
}

// Stryker disable next-line ArrayDeclaration: labels are looked up by name, which a text does not have
function propertiesOf({ fields, options = [] }: Operation): INodeProperties[] {
	return [...fields, { displayName: 'Options', name: 'options', type: 'collection', default: {}, options }];
}

/** The input items of a run that has no connection to the service yet: names of templates are not looked up. */
export interface OpenInputs extends Inputs {
	parameters: Parameters;
	/** As `Inputs.input`, with the names of the template where they were looked up. */
	input: (itemIndex: number, templateNames?: readonly string[]) => ItemInput;
}

/** Whether output items carry the data of their input item; the first item decides, for the whole run. */
export function passesInputOn(context: IExecuteFunctions): boolean {
	if (context.getInputData().length === 0) return false;
	try {
		return context.getNodeParameter('options.includeInput', 0, false) === true;
	} catch {
		// An expression that fails must not cost the rows of what was sent.
		return false;
	}
}

/** Opens the input items of a run; never throws. */
export function openInputs(context: IExecuteFunctions): OpenInputs {
	const items = context.getInputData();
	const parameters = new Parameters(context, items);
	const timeZone = context.getTimezone();
	const input = (itemIndex: number, templateNames?: readonly string[]): ItemInput => {
		const read: Read = (name) => parameters.read(name, itemIndex);
		const raw: Read = (name) => parameters.raw(name);
		const source: ParameterSource = { read, raw, json: items[itemIndex].json, names: templateNames };
		return {
			read,
			raw,
			note: (kind, sentence) => parameters.note(kind, sentence),
			option: optionReader(parameters, itemIndex),
			templateParameters: () => readTemplateParameters(source),
			givenParameters: () => readGivenParameters(source),
			templateNames,
			timeZone,
			binary: async (field) => await readBinary(context, itemIndex, field),
		};
	};
	return { items, parameters, keys: ItemKeys.read(parameters, items.length), input, templateInput: input };
}

async function readBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<BinaryFile | undefined> {
	const data = context.getInputData()[itemIndex].binary?.[field];
	if (!data) return undefined;
	return { fileName: data.fileName ?? '', bytes: await context.helpers.getBinaryDataBuffer(itemIndex, field) };
}

function optionReader(parameters: Parameters, itemIndex: number): Read {
	return (name) => {
		const options = parameters.read('options', itemIndex);
		return isRecord(options) ? (options as IDataObject)[name] : undefined;
	};
}

/**
 * The template's own text is read where the user asked for the check, and for automatic mapping without names of its
 * own: the editor stores none while the template ID is an expression.
 */
function needsTemplate({ read, option }: ItemInput, parameters: Parameters): boolean {
	if (option('checkFirst') === true) return true;
	return mapsAutomatically(read) && !(parameters.isFixed('templateId') && storedNames(read));
}
