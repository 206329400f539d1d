import type { BatchRequest, Entry, Recipient, Shared, TemplateParameters } from '../../../nodes/JSms/model/recipient';

export const SHARED: Shared = { tempId: 1250 };

export const recipient = (mobile: string, tempPara: TemplateParameters = {}, item = 0): Recipient => ({
	item,
	mobile,
	tempPara,
});

export const entry = (mobile: string, shared: Shared = SHARED, tempPara: TemplateParameters = {}): Entry => ({
	item: 0,
	mobile,
	tempPara,
	shared,
});

export const rejected = (item: number, concerns: 'recipient' | 'everyone' = 'recipient'): Entry => ({
	item,
	problem: { message: `Item ${item} is bad`, hint: 'Mend it.', concerns },
});

/** So many different mainland numbers. */
export const mobiles = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => String(13800100000 + index));

export const entries = (count: number, shared?: Shared): Entry[] =>
	mobiles(count).map((mobile) => entry(mobile, shared));

export const request = (positions: number[], shared = SHARED): BatchRequest => ({ shared, positions });
