import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Refusal } from './returnCodes';
import type { Failure } from './failure';
import type { Expectation } from './outcome';
import type { Match, Shared, TemplateParameters } from './recipient';
import type { ApiRequest, BinaryFile } from './request';
import type { Read } from './inputProblem';
import type { PulledEvent } from './receipt';
import type { KnownTemplate } from './wholeSms';

/** The parameters of one item, expressions resolved. */
export interface ItemInput {
	read: Read;
	/** Reads a parameter as the editor stores it, with its expressions; null where it is not set. */
	raw?: Read;
	/** Keeps a sentence for the editor to show above the output; of each kind only the first one. */
	note?: (kind: string, sentence: string) => void;
	/** Entries of the options collection. */
	option: Read;
	/** Reads the template parameters; throws InputProblem. Only for operations with `usesTemplate`. */
	templateParameters: () => TemplateParameters;
	/** As `templateParameters`, without those that are missing or empty. */
	givenParameters: () => TemplateParameters;
	/** Names of the template's parameters, where they were looked up. */
	templateNames?: readonly string[];
	/** Time zone of the workflow. */
	timeZone: string;
	/** Reads a binary field of the item; undefined where it has none of that name. */
	binary: (field: string) => Promise<BinaryFile | undefined>;
}

interface OperationBase {
	/** Stored in workflows: never rename. */
	value: string;
	/** Menu entry, without the resource. */
	name: string;
	/** Entry in the list of actions, with the resource. */
	action: string;
	description: string;
	/** Fields of this operation; when they are shown is added by the menu. */
	fields: INodeProperties[];
	/** Entries of the options collection besides the timeout. */
	options?: INodeProperties[];
	/** Credential that signs the requests. */
	credential?: 'jSmsApi' | 'jSmsDeveloperApi';
	/** True where template parameters are filled in. */
	usesTemplate?: boolean;
	/** What to do when nobody knows whether it was done, where that is not to look up sent messages. */
	ifUnknown?: string;
}

/** What a second try of a request could do. */
export type Effect = 'idempotent' | 'once' | 'delete';

/** One request per input item. */
export interface SingleOperation extends OperationBase {
	kind: 'single';
	/**
	 * What a second try could do: `idempotent` nothing (reads), `once` something twice (sends, and verifying, which uses a code up),
	 * `delete` nothing either, but it is told that there is nothing to delete when the first try did it.
	 */
	effect: Effect;
	/** True where an SMS or a call goes out, so that an interrupted try must not be repeated blindly. */
	sends?: true;
	/** What a good response looks like. */
	expects?: Expectation;
	/** Builds the request of one item; throws InputProblem for bad input. */
	buildRequest: (input: ItemInput) => ApiRequest | Promise<ApiRequest>;
	/** Turns a good response into output items; undefined when the response lacks what it must hold. */
	toItems: (body: unknown, request: ApiRequest) => IDataObject[] | undefined;
	/** Turns refusals that are results into output items; undefined for real refusals. */
	refusalToItems?: (refusal: Refusal, request: ApiRequest) => IDataObject[] | undefined;
}

/** What became of one item of a single operation. */
export type ItemResult = { items: IDataObject[] } | { failure: Failure };

/** Many items per request, one result per recipient. */
export interface BatchOperation extends OperationBase {
	kind: 'batch';
	/** What this recipient's request has in common with others; throws InputProblem for bad input. */
	readShared: (input: Pick<ItemInput, 'read' | 'option' | 'timeZone' | 'note'>) => Shared;
	/** Builds one request. */
	buildRequest: (shared: Shared, recipients: Array<{ mobile: string; tempPara: TemplateParameters }>) => ApiRequest;
	/** How an accepted response gives each recipient a result. */
	match: Match;
	/** What it means for a recipient to be on the output Sent, in one word; default: sent. */
	done?: string;
	/**
	 * True where a request replaces what an earlier one has written: all recipients have to go in one, and one that was
	 * refused must not be split, because its halves would replace each other.
	 */
	replaces?: true;
}

/** Reads records that the service hands out only once; one run reads for all input items together. */
export interface PullOperation extends OperationBase {
	kind: 'pull';
	event: PulledEvent;
}

/** Looks at what would be sent. Each template is read once per run, whatever the number of items. */
export interface PreviewOperation extends OperationBase {
	kind: 'preview';
	/** The output item of an input item; throws InputProblem for bad input. */
	toItem: (input: ItemInput, template: KnownTemplate) => IDataObject;
}

export type Operation = SingleOperation | BatchOperation | PullOperation | PreviewOperation;

/** A group of operations, one entry of the resource menu. */
export interface Resource {
	/** Stored in workflows: never rename. */
	value: string;
	name: string;
	description: string;
	operations: Operation[];
}
