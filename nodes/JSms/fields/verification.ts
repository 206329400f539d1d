import type { INodeProperties } from 'n8n-workflow';

import { signatureIdOption } from './options';
import { templateIdField } from './template';

/** The limits of the contract; the readers use the same values where an option was not added. */
export const DEFAULT_LIMITS = {
	resendAfter: 60,
	triesPerCode: 5,
	codesPerNumberAndDay: 5,
	codesPerAddressAndHour: 20,
	codesPerHour: 100,
};

/** The largest values that can be set. */
export const LARGEST_LIMITS: Record<keyof typeof DEFAULT_LIMITS, number> = {
	resendAfter: 86_400,
	triesPerCode: 100,
	codesPerNumberAndDay: 1000,
	codesPerAddressAndHour: 10_000,
	codesPerHour: 100_000,
};

function limit(displayName: string, name: keyof typeof DEFAULT_LIMITS, description: string): INodeProperties {
	const value = DEFAULT_LIMITS[name];
	const typeOptions = { minValue: 1, maxValue: LARGEST_LIMITS[name], numberPrecision: 0 };
	return { displayName, name, type: 'number', default: value, typeOptions, description };
}

const MORE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your name',
		description: 'What the page shows above the field. Leave it empty to show the name.',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. name',
		description: 'The name in the output item: letters, digits and underscores, at most 50',
	},
	{
		displayName: 'Required',
		name: 'required',
		type: 'boolean',
		default: false,
		description: 'Whether the visitor has to fill in the field',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'text',
		options: [
			{ name: 'Email', value: 'email', description: 'An input for an email address' },
			{
				name: 'From URL',
				value: 'fromUrl',
				description: 'Not shown: taken from the address of the page, such as ?ref=42',
			},
			{ name: 'Text', value: 'text', description: 'An input for one line of text' },
		],
		description: 'Where the value comes from',
	},
];

export const VERIFICATION_FIELDS: INodeProperties[] = [
	{
		displayName:
			'<b>To try it</b>, execute this step and open the Test URL under <b>Webhook URLs</b> above within two minutes. Once the workflow is published (n8n 1.x: activated), the page is at the Production URL. It asks visitors for their mobile number and the code that they receive, and starts the workflow when the number is verified. <b>Every code costs one SMS</b>: see the limits under Options.',
		name: 'verificationNotice',
		type: 'notice',
		default: '',
	},
	{ ...templateIdField, default: 1, hint: 'A verification template; 1 is the one that JSMS provides' },
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sign up',
		description: 'Heading of the page. Leave it empty for a heading in the language of the visitor.',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		typeOptions: { rows: 2 },
		placeholder: 'e.g. We need your number to confirm the order.',
		description: 'Text below the heading. Leave it empty for a text in the language of the visitor.',
	},
	{
		displayName: 'More Fields',
		name: 'moreFields',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add field',
		typeOptions: { multipleValues: true, sortable: true },
		description: 'What else the page asks for. The values are in the output item.',
		options: [{ displayName: 'Field', name: 'field', values: MORE_FIELDS }],
	},
	{
		displayName: 'After Verification',
		name: 'afterVerification',
		type: 'options',
		default: 'text',
		options: [
			{ name: 'Redirect', value: 'redirect', description: 'Take the visitor to another page' },
			{ name: 'Show Text', value: 'text', description: 'Show that the number is verified' },
		],
		description: 'What the visitor sees when the number is verified',
	},
	{
		displayName: 'Text',
		name: 'successText',
		type: 'string',
		default: '',
		typeOptions: { rows: 2 },
		displayOptions: { show: { afterVerification: ['text'] } },
		placeholder: 'e.g. Thank you. We will call you tomorrow.',
		description: 'Leave it empty for a text in the language of the visitor',
	},
	{
		displayName: 'Redirect URL',
		name: 'redirectUrl',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { afterVerification: ['redirect'] } },
		placeholder: 'e.g. https://example.com/welcome',
		description: 'The page to go to; it must start with https or http',
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		default: 'onReceived',
		options: [
			{ name: 'Immediately', value: 'onReceived', description: 'As soon as the workflow has started' },
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'With the first item of the last node. Visitors of the page wait until then, too.',
			},
		],
		// WHY it is always shown: n8n drops a field whose condition is an option below it.
		description: "When to respond to the JSON request that verified the number. Needs the option 'JSON API'.",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allowed Origins',
				name: 'allowedOrigins',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://www.example.com',
				displayOptions: { show: { jsonApi: [true] } },
				description:
					'Websites whose pages may send JSON requests from the browser, separated by commas. Requests from servers and apps need no entry.',
			},
			{
				displayName: 'Button Color',
				name: 'buttonColor',
				type: 'color',
				default: '#1a6fe0',
				description: 'A color such as #1a6fe0. The text on the buttons is black or white, whichever is easier to read.',
			},
			limit(
				'Codes per Address and Hour',
				'codesPerAddressAndHour',
				'How many codes one IP address may request per hour. Behind a proxy n8n has to know the proxy: set N8N_PROXY_HOPS, or this limit is off.',
			),
			limit(
				'Codes per Hour',
				'codesPerHour',
				'How many codes this node sends per hour to all visitors together: the most that abuse can cost. When it is reached, nobody gets a code until the hour is over.',
			),
			limit('Codes per Number and Day', 'codesPerNumberAndDay', 'How many codes one number gets within 24 hours'),
			{
				displayName: 'Embed Origins',
				name: 'embedOrigins',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://www.example.com',
				description: 'Websites that may show the page in a frame, separated by commas. By default none may.',
			},
			{
				displayName: 'JSON API',
				name: 'jsonApi',
				type: 'boolean',
				default: false,
				description:
					'Whether apps and websites with a front end of their own may use the same address with JSON. It is less protected than the page, because programs do not have to open the page first.',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'options',
				default: 'visitor',
				options: [
					{ name: 'Chinese', value: 'zh' },
					{ name: 'English', value: 'en' },
					{
						name: 'Language of the Visitor',
						value: 'visitor',
						description: 'Chinese or English, as the browser asks for',
					},
				],
				description: 'The language of the page and of error messages',
			},
			limit('Resend After', 'resendAfter', 'Seconds after which a visitor may ask for another code'),
			{
				displayName: 'Send Button',
				name: 'sendButton',
				type: 'string',
				default: '',
				placeholder: 'e.g. Get code',
				description: 'Text of the button that sends the code',
			},
			signatureIdOption,
			limit('Tries per Code', 'triesPerCode', 'How many different codes a visitor may enter for one SMS'),
			{
				displayName: 'Verify Button',
				name: 'verifyButton',
				type: 'string',
				default: '',
				placeholder: 'e.g. Confirm',
				description: 'Text of the button that checks the code',
			},
		],
	},
];
