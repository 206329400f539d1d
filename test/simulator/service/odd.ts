/** What a row holds in the place of a return code although it was accepted. */
export const ODD_CODES: Record<string, unknown> = {
	emptyCode: '',
	blankCode: ' ',
	falseCode: false,
	objectCode: {},
	listCode: [],
	successCode: 'success',
	okCode: 'OK',
	code200: 200,
	fractionCode: 1.5,
	zero: 0,
	zeroText: '0',
	nullCode: null,
	code50000: 50000,
};

/** Odd shapes of the whole response. */
const ODD_RESPONSES = [
	'lostRow',
	'envelope50000',
	'envelope0',
	'envelopeRefusal',
	'errorNull',
	'errorText',
	'noRows',
	'rowsNull',
	'counts',
	'byteOrderMark',
	'garbage',
	'mobileWithCountry',
	'mobileNumber',
	'maskedMobile',
	'lackingLastRow',
	'otherOrder',
	'rowTwice',
] as const;

export const ODD_SHAPES: readonly string[] = [...Object.keys(ODD_CODES), ...ODD_RESPONSES];

export interface ResponseRow {
	msg_id?: string;
	mobile: string | number;
	error_code?: unknown;
	error_message?: string;
	temp_para?: unknown;
}

/** Makes the rows of a batch odd; they were all accepted or refused before, whatever is said of them now. */
export function oddRows(shape: string, rows: ResponseRow[]): ResponseRow[] {
	if (shape in ODD_CODES) {
		return rows.map((row) => (row.error_code === undefined ? { ...row, error_code: ODD_CODES[shape] } : row));
	}
	const withMobile = (change: (mobile: string) => string | number) =>
		rows.map((row) => ({ ...row, mobile: change(String(row.mobile)) }));
	switch (shape) {
		case 'noRows':
			return [];
		case 'lackingLastRow':
			return rows.slice(0, -1);
		case 'otherOrder':
			return [...rows].reverse();
		case 'rowTwice':
			return rows.length > 0 ? [...rows, rows[0]] : rows;
		case 'mobileWithCountry':
			return withMobile((mobile) => `+86${mobile}`);
		case 'mobileNumber':
			return withMobile(Number);
		case 'maskedMobile':
			return withMobile((mobile) => mobile.replace(/(...)....(....)/, '$1****$2'));
		default:
			return rows;
	}
}

/** Makes the response as a whole odd. */
export function oddText(shape: string, body: Record<string, unknown>): string {
	switch (shape) {
		case 'envelope50000':
			return JSON.stringify({ ...body, error: { code: 50000, message: 'success' } });
		case 'envelope0':
			return JSON.stringify({ ...body, error: { code: 0, message: 'ok' } });
		case 'envelopeRefusal':
			return JSON.stringify({ ...body, error: { code: 50006, message: 'invalid mobile' } });
		case 'errorNull':
			return JSON.stringify({ ...body, error: null });
		case 'errorText':
			return JSON.stringify({ ...body, error: 'quota' });
		case 'rowsNull':
			return JSON.stringify({ ...body, ...('recipients' in body && { recipients: [null] }) });
		case 'counts':
			return JSON.stringify({ ...body, ...('success_count' in body && { success_count: 0 }) });
		case 'lackingLastRow':
			// Counts would tell that it lacks.
			return JSON.stringify({ ...body, success_count: undefined, failure_count: undefined });
		case 'byteOrderMark':
			return `\ufeff${JSON.stringify(body)}`;
		case 'garbage':
			return `${JSON.stringify(body)}xx`;
		default:
			return JSON.stringify(body);
	}
}
