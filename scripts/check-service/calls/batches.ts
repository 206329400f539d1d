import { COMMON_TEMPLATE, IMPOSSIBLE_NUMBERS, PLAUSIBLE_NUMBER, UNKNOWN_ID, type Call } from '../call';

/** Batches by the template common to all accounts, whose recipients are missing or have one digit. */

const ROWS = IMPOSSIBLE_NUMBERS.map((mobile) => ({ mobile, temp_para: { code: '000000' } }));

/** Without an approved signature, or a template of one's own, these cannot be answered. */
const ACCOUNT = [50013, 50046, 50051];

const batch = (id: string, title: string, body: Record<string, unknown>): Call => ({
	id: `batch-${id}`,
	title: `POST /messages/batch: ${title}`,
	method: 'POST',
	path: '/messages/batch',
	body: { temp_id: COMMON_TEMPLATE, ...body },
	fine: ACCOUNT,
});

export const BATCHES: readonly Call[] = [
	batch('no-recipients', 'no recipients', {}),
	batch('empty-recipients', 'an empty list of recipients', { recipients: [] }),
	batch('no-list', 'recipients that are no list', { recipients: { mobile: '1' } }),
	batch('1001', '1,001 recipients of one digit', { recipients: Array.from({ length: 1001 }, () => ({ mobile: '1' })) }),
	batch('rows', 'two numbers of one digit', { recipients: ROWS }),
	batch('no-numbers', 'two recipients without number', { recipients: ROWS.map(({ temp_para }) => ({ temp_para })) }),
	batch('tag', 'numbers of one digit, tag of 11 characters', { recipients: ROWS, tag: 'example-tag' }),
	batch('empty-tag', 'numbers of one digit, tag: ""', { recipients: ROWS, tag: '' }),
	batch('empty-sign', 'numbers of one digit, sign_id: ""', { recipients: ROWS, sign_id: '' }),
	batch('unknown-sign', 'numbers of one digit, unknown signature', { recipients: ROWS, sign_id: UNKNOWN_ID }),
	{
		...batch('unknown-template', 'unknown template', {
			temp_id: UNKNOWN_ID,
			recipients: [{ mobile: PLAUSIBLE_NUMBER }],
		}),
		fine: [],
	},
	{
		...batch('no-template', 'no temp_id, numbers of one digit', { temp_id: undefined, recipients: ROWS }),
		fine: [],
	},
];
