import { toInteger } from '../../../nodes/JSms/model/json';
import { describeRefusal, RETURN_CODES, findReturnCode } from '../../../nodes/JSms/model/returnCodes';
import { DOCUMENTED_CODES } from './documentedCodes';

it('lists every documented code once, in ascending order, with its HTTP status and exact message', () => {
	expect(RETURN_CODES.map(({ code, httpStatus, message }) => [code, httpStatus, message])).toEqual(DOCUMENTED_CODES);
});

it('tells in whole sentences what each code means and what to do', () => {
	for (const { code, meaning, hint } of RETURN_CODES) {
		expect({ code, meaning }).toEqual({ code, meaning: expect.stringMatching(/^[A-Z].{8,}\.$/) });
		expect({ code, hint }).toEqual({ code, hint: expect.stringMatching(/^[A-Z].{8,}\.$/) });
	}
});

it('calls a second try safe only where nothing was sent and waiting or mending the account can help', () => {
	const safe = RETURN_CODES.filter(({ safeToRetry }) => safeToRetry).map(({ code }) => code);
	expect(safe).toEqual([50001, 50002, 50008, 50009, 50014, 50020, 50035, 50036, 50046, 50051, 50103]);
});

it('splits batches that were refused for the content of a row, and no others', () => {
	const splittable = RETURN_CODES.filter((entry) => entry.splittable).map(({ code }) => code);
	expect(splittable).toEqual(expect.arrayContaining([50003, 50004, 50006, 50007, 50022, 50023, 50030, 50037, 50054]));
	for (const code of [50001, 50002, 50008, 50013, 50014, 50020, 50021, 50025, 50031, 50035, 50036, 50046, 50102]) {
		expect(splittable).not.toContain(code);
	}
});

it('knows whom a refusal concerns', () => {
	const scopeOf = (code: number) => findReturnCode(code)?.scope;
	expect([50001, 50002, 50008, 50014, 50035, 50036].map(scopeOf)).toEqual(new Array(6).fill('application'));
	expect([50013, 50020, 50021, 50025, 50046, 50102].map(scopeOf)).toEqual(new Array(6).fill('template'));
	expect([50004, 50006, 50009, 50022, 50024, 50034, 50037].map(scopeOf)).toEqual(new Array(7).fill('recipient'));
	expect([50010, 50011, 50012, 50026].map(scopeOf)).toEqual(new Array(4).fill('code'));
});

describe('describeRefusal', () => {
	it('says what happened before the words of the service, and what to do', () => {
		expect(describeRefusal(50013, 'invalid temp_id', 403)).toEqual({
			code: 50013,
			httpStatus: 403,
			message: 'There is no template with this ID in the application (50013 invalid temp_id)',
			hint: "Look up the ID in the Jiguang console (短信管理 > 模版管理) and correct 'Template ID'.",
			scope: 'template',
			safeToRetry: false,
			splittable: false,
		});
	});

	it('shows a code that no page lists with the words of the service, and takes it for final', () => {
		expect(describeRefusal(50999, 'something new', 403)).toEqual({
			code: 50999,
			httpStatus: 403,
			message: 'JSMS refused the request (50999 something new)',
			hint: "JSMS gave a code that its documentation does not explain. Send the code and the time to Jiguang's support.",
			scope: 'request',
			safeToRetry: false,
			splittable: false,
		});
	});

	it('copes with an envelope that holds neither code nor message', () => {
		expect(describeRefusal(undefined, undefined)).toMatchObject({
			message: 'JSMS refused the request without a reason',
			safeToRetry: false,
		});
		expect(describeRefusal(undefined, undefined)).not.toHaveProperty('code');
	});

	it('leaves the keys out where the service repeats the header that holds them', () => {
		const header = `Basic ${Buffer.from('exampleappkey:dummymastersecret').toString('base64')}`;
		expect(describeRefusal(50002, `auth failed: ${header}`, 401).message).toBe(
			'JSMS did not accept the keys (50002 auth failed: Basic ***)',
		);
	});
});

describe('the words of the service', () => {
	const told = (message: string) => /\(50002 (.*)\)$/.exec(describeRefusal(50002, message).message)?.[1];

	it('are cut where they are longer than any of its messages', () => {
		expect(told('x'.repeat(300))).toBe('x'.repeat(300));
		expect(told('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
	});

	it.each([
		['13812345678', '138****5678'],
		['to 13812345678, 15987654321.', 'to 138****5678, 159****4321.'],
		['+8613812345678', '+86138****5678'],
		['8613812345678', '86138****5678'],
		['008613812345678', '0086138****5678'],
		['138123456789', '138****6789'],
		['913812345678', '913****5678'],
		['23812345678', '238****5678'],
	])('name no whole number: %s', (message, shown) => {
		expect(told(message)).toBe(shown);
	});

	it.each(['1381234567', '1a812345678'])('keep digits that are no number of a person: %s', (message) => {
		expect(told(message)).toBe(message);
	});

	it('hold no keys, however the header is written', () => {
		expect(told('basic \t aB9+/=-_z. BASIC x')).toBe('Basic ***. Basic ***');
		expect(told('notBasic x Basic')).toBe('notBasic x Basic');
	});
});

it('takes the words of its own table where the service gave none', () => {
	expect(describeRefusal(50006, undefined)).toStrictEqual({
		code: 50006,
		message: 'The mobile number is not valid (50006 invalid mobile)',
		hint: 'Use an 11-digit mainland China number, one number per item.',
		scope: 'recipient',
		safeToRetry: false,
		splittable: true,
	});
});

it('calls an unlisted refusal safe to try again only where a gateway gave it for too many requests', () => {
	expect([429, 428, 200, undefined].map((status) => describeRefusal(2002, 'words', status).safeToRetry)).toEqual([
		true,
		false,
		false,
		false,
	]);
});

it('knows a code by its number alone', () => {
	expect([undefined, 0, 50999].map(findReturnCode)).toEqual([undefined, undefined, undefined]);
	expect(findReturnCode(50105)).toMatchObject({ code: 50105, httpStatus: 403, safeToRetry: false });
	expect(findReturnCode(50105)).not.toHaveProperty('splittable');
});

it('reads codes given as number or as text', () => {
	expect([50006, '50006', ' 50006 '].map(toInteger)).toEqual([50006, 50006, 50006]);
	expect(['', ' ', 'abc', '5.5', 1.5, NaN, null, undefined, {}, [50006], true].map(toInteger)).toEqual(
		new Array(11).fill(undefined),
	);
});
