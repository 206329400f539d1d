import { UNKNOWN_ID, type Call } from '../call';

/** Keys, paths, methods. The balance comes first: it tells whether anything can be asked at all. */
export const SIGN_IN: readonly Call[] = [
	{
		id: 'balance',
		title: 'Balance of the application',
		method: 'GET',
		path: '/accounts/app',
		fine: [50033],
		nullable: true,
	},
	{
		id: 'balance-again',
		title: 'Balance, asked again at once',
		method: 'GET',
		path: '/accounts/app',
		fine: [50033],
		nullable: true,
	},
	{ id: 'no-keys', title: 'No keys', method: 'GET', path: `/templates/${UNKNOWN_ID}`, keys: 'none' },
	{ id: 'wrong-keys', title: 'Wrong keys', method: 'GET', path: `/templates/${UNKNOWN_ID}`, keys: 'wrong' },
	{ id: 'bearer', title: 'Authorization: Bearer', method: 'GET', path: `/templates/${UNKNOWN_ID}`, keys: 'bearer' },
	{ id: 'no-colon', title: 'Basic without a colon', method: 'GET', path: `/templates/${UNKNOWN_ID}`, keys: 'noColon' },
	{
		id: 'developer-balance',
		title: 'Balance of the account',
		method: 'GET',
		path: '/accounts/dev',
		keys: 'developer',
		nullable: true,
	},
	{
		id: 'developer-crossed',
		title: "Balance of the account with the application's keys",
		method: 'GET',
		path: '/accounts/dev',
		keys: 'crossed',
		nullable: true,
	},
	{
		id: 'application-crossed',
		title: 'Balance of the application with the developer keys',
		method: 'GET',
		path: '/accounts/app',
		keys: 'crossed',
		nullable: true,
	},
	{ id: 'slash', title: 'Slash at the end of the path', method: 'GET', path: `/templates/${UNKNOWN_ID}/` },
	{ id: 'unknown-path', title: 'Unknown path', method: 'GET', path: '/nothing' },
	{ id: 'get-messages', title: 'GET instead of POST', method: 'GET', path: '/messages' },
	{ id: 'put-balance', title: 'PUT instead of GET', method: 'PUT', path: '/accounts/app' },
];
