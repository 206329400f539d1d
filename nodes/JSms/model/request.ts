import type { IDataObject } from 'n8n-workflow';

/** A request to the service; the base URL and the keys are added where it is sent. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Path below the base URL, starting with a slash, its parts encoded, and its query, if any: `/sign?page=2`. */
	path: string;
	body?: IDataObject;
	/** Parts of a form, instead of a body. */
	form?: readonly FormPart[];
	/** What the output says about the request and what does not go over the wire. */
	metadata?: IDataObject;
}

/** One part of a form: a text, or a file. */
export type FormPart =
	| { field: string; text: string }
	| { field: string; fileName: string; mimeType: string; bytes: Uint8Array };

/** A file of an item. */
export interface BinaryFile {
	fileName: string;
	bytes: Uint8Array;
}
