/** Values of a template's parameters by name, as the service takes them. */
export type TemplateParameters = Record<string, string>;

/** What all recipients of one request have in common; equal shared values go into the same request. */
export interface Shared {
	tempId: number;
	signId?: number;
	tag?: string;
	sendTime?: string;
	scheduleId?: string;
}
