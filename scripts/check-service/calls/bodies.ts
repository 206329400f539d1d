import { PLAUSIBLE_NUMBER, UNKNOWN_ID, type Call } from '../call';

/** Bodies that nothing can be made of, at every endpoint that sends; and media types. */

const SENDING = ['/codes', '/voice_codes', '/messages', '/messages/batch', '/schedule', '/schedule/batch'];

const BODIES: Array<[id: string, title: string, body: unknown]> = [
	['empty', 'empty body', ''],
	['broken', 'broken JSON', '{"mobile":'],
	['list', 'a list as body', '[]'],
	['nothing', 'an empty object', {}],
];

const UNKNOWN_TEMPLATE = { mobile: PLAUSIBLE_NUMBER, temp_id: UNKNOWN_ID };

export const MALFORMED: readonly Call[] = [
	...SENDING.flatMap((path) =>
		BODIES.map(
			([id, title, body]): Call => ({
				id: `${id}${path.replaceAll('/', '-')}`,
				title: `POST ${path}: ${title}`,
				method: 'POST',
				path,
				body,
			}),
		),
	),
	{
		id: 'text-plain',
		title: 'JSON as text/plain, unknown template',
		method: 'POST',
		path: '/messages',
		body: UNKNOWN_TEMPLATE,
		contentType: 'text/plain; charset=utf-8',
	},
	{
		id: 'no-media-type',
		title: 'JSON without Content-Type, unknown template',
		method: 'POST',
		path: '/messages',
		body: UNKNOWN_TEMPLATE,
		contentType: null,
	},
	{
		id: 'charset',
		title: 'application/json;charset=UTF-8, unknown template',
		method: 'POST',
		path: '/messages',
		body: UNKNOWN_TEMPLATE,
		contentType: 'application/json;charset=UTF-8',
	},
];
