import { VERIFICATION_FIELDS } from '../../../nodes/JSms/fields/verification';
import { readVerificationSettings } from '../../../nodes/JSms/fields/verificationSettings';

/** What the fields of the verification trigger say, and what cannot be right. */
const read = (fields: Record<string, unknown> = {}, options: Record<string, unknown> = {}) =>
	readVerificationSettings(
		(name) => ({ templateId: 1, ...fields })[name],
		(name) => options[name],
	);

it('has the values of the contract where nothing is set', () => {
	expect(read()).toEqual({
		templateId: 1,
		title: '',
		description: '',
		successText: '',
		sendButton: '',
		verifyButton: '',
		moreFields: [],
		respond: 'onReceived',
		language: 'visitor',
		resendAfter: 60,
		triesPerCode: 5,
		codesPerNumberAndDay: 5,
		codesPerAddressAndHour: 20,
		codesPerHour: 100,
		jsonApi: false,
		allowedOrigins: [],
		embedOrigins: [],
	});
});

it('shows the same values in the editor', () => {
	const options = VERIFICATION_FIELDS.find(({ name }) => name === 'options')?.options ?? [];
	const shown = Object.fromEntries(options.map((one) => [one.name, 'default' in one ? one.default : undefined]));
	const settings: Record<string, unknown> = { ...read() };
	for (const [name, value] of Object.entries(shown).filter(([, one]) => typeof one === 'number')) {
		expect([name, settings[name]]).toEqual([name, value]);
	}
});

it('reads everything that can be set', () => {
	const moreFields = {
		field: [
			{ name: ' ref ', label: '', type: 'fromUrl' },
			{ name: 'n', label: 'N', required: true },
		],
	};
	const fields = { title: ' T ', moreFields, afterVerification: 'redirect', redirectUrl: ' https://example.com ' };
	const options = {
		language: 'zh',
		buttonColor: '#FFD400',
		signatureId: 37001,
		jsonApi: true,
		allowedOrigins: 'https://A.example/ , http://localhost:5173,',
		embedOrigins: 'https://b.example:443',
		resendAfter: '30',
	};
	expect(read({ ...fields, respond: 'lastNode' }, options)).toMatchObject({
		title: 'T',
		moreFields: [
			{ name: 'ref', label: 'ref', type: 'fromUrl', required: false },
			{ name: 'n', label: 'N', type: 'text', required: true },
		],
		redirectUrl: 'https://example.com/',
		respond: 'lastNode',
		language: 'zh',
		buttonColor: '#FFD400',
		signatureId: 37001,
		allowedOrigins: ['https://a.example', 'http://localhost:5173'],
		embedOrigins: ['https://b.example'],
		resendAfter: 30,
	});
});

it('waits for the last node only where JSON is on', () => {
	expect(read({ respond: 'lastNode' }).respond).toBe('onReceived');
});

it('shows no more of a text than a page has room for, and nothing that is no text', () => {
	expect(read({ title: 'x'.repeat(2000) }).title).toHaveLength(1000);
	expect([read({ title: { a: 1 } }).title, read({ title: null }).title, read({ title: 5 }).title]).toEqual([
		'',
		'',
		'5',
	]);
});

const field = (name: unknown, more: object = {}) => ({ moreFields: { field: [{ name, ...more }] } });

it.each([
	[{ templateId: '' }, {}, "'Template ID' is empty"],
	[{ afterVerification: 'redirect', redirectUrl: '' }, {}, "'Redirect URL' is empty"],
	[
		{ afterVerification: 'redirect', redirectUrl: 'data:text/html,x' },
		{},
		"'Redirect URL' must be a web address, not the text 'data:text/html,x'",
	],
	[
		{ afterVerification: 'redirect', redirectUrl: '/welcome' },
		{},
		"'Redirect URL' must be a web address, not the text '/welcome'",
	],
	[field(''), {}, "The name of a field in 'More Fields' is the text ''"],
	[field('first name'), {}, "The name of a field in 'More Fields' is the text 'first name'"],
	[field('x'.repeat(51)), {}, /^The name of a field/],
	[field('msg_id'), {}, "The name 'msg_id' in 'More Fields' is taken"],
	[field('__proto__'), {}, "The name '__proto__' in 'More Fields' is taken"],
	[field('a', { type: 'file' }), {}, "The type of 'a' in 'More Fields' is the text 'file'"],
	[{ moreFields: { field: [{ name: 'a' }, { name: 'a' }] } }, {}, "'More Fields' has two fields with the name 'a'"],
	[{ moreFields: { field: new Array(21).fill({}) } }, {}, "'More Fields' has 21 fields"],
	[{}, { resendAfter: 0 }, /^'Resend After' must be .+, not the number 0/],
	[{}, { codesPerHour: 1.5 }, /^'Codes per Hour' must be .+, not the number 1.5/],
	[{}, { language: 'fr' }, "'Language' must be one of the languages in the list, not the text 'fr'"],
	[{}, { buttonColor: 'red' }, "'Button Color' must be a color, not the text 'red'"],
	[{}, { buttonColor: '#fff;}' }, /^'Button Color' must be a color, /],
	[{}, { allowedOrigins: '*' }, "'Allowed Origins' must hold addresses without a path, not the text '*'"],
	[{}, { embedOrigins: 'https://a.example/path' }, /^'Embed Origins' must hold addresses without a path, /],
	[{}, { embedOrigins: 5 }, "'Embed Origins' holds the number 5"],
])('refuses %j with %j', (fields, options, message) => {
	expect(() => read(fields, options)).toThrow(expect.objectContaining({ name: 'InputProblem' }) as Error);
	expect(() => read(fields, options)).toThrow(message);
});
