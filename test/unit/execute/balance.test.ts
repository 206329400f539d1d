import type { Outcome } from '../../../nodes/JSms/model/outcome';
import { checkBalance, type PlannedMessage } from '../../../nodes/JSms/execute/balance';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';
import type { RunSettings } from '../../../nodes/JSms/fields/options';
import { compileTemplate } from '../../../nodes/JSms/model/templateText';

/** Whether a run may send for what its SMS cost, in the words that people read. */

const GO_ON = "If the balance of your account pays instead, switch 'Check Balance First' off.";
const [NOTIFICATION, MARKETING, ODD] = [2001, 3001, 9001];
const TYPES = new Map([
	[NOTIFICATION, 2],
	[MARKETING, 3],
	[ODD, 9],
]);

const sms = (tempId = NOTIFICATION, more: Partial<PlannedMessage> = {}): PlannedMessage => ({
	tempId,
	tempPara: { name: '李雷' },
	keyed: false,
	replaces: false,
	...more,
});

const accepted = (body: unknown): Outcome => ({ class: 'accepted', body });

/** Checks planned SMS against an answer; notes what was asked. */
async function check(
	planned: PlannedMessage[],
	outcome: Outcome = accepted({ app_balance: 0 }),
	template = async (tempId: number) => ({ ...compileTemplate('{{name}}'), type: TYPES.get(tempId) ?? 2 }),
) {
	const asked: unknown[] = [];
	const obstacle = await checkBalance(
		{
			settings: { signatureText: undefined } as RunSettings,
			template: async (tempId) => {
				asked.push(tempId);
				return await template(tempId);
			},
			send: async (request, policy) => {
				asked.push({ request, policy });
				return outcome;
			},
		},
		planned,
	);
	return { obstacle, asked };
}

const uncheckable = (reason: string, hint = GO_ON) => ({
	message: `Not sent: the balance could not be checked: ${reason}`,
	hint,
});

it('asks for each template once and for the balance once, and lets all be sent that can be paid', async () => {
	const { obstacle, asked } = await check([sms(), sms(MARKETING), sms()], accepted({ app_balance: 3 }));
	expect(obstacle).toBeUndefined();
	expect(asked).toEqual([
		NOTIFICATION,
		MARKETING,
		{ request: { method: 'GET', path: '/accounts/app' }, policy: { effect: 'idempotent' } },
	]);
});

it('asks for no balance where nothing costs anything', async () => {
	expect(await check([])).toEqual({ obstacle: undefined, asked: [] });
	expect(await check([sms(NOTIFICATION, { tempPara: {} })])).toEqual({ obstacle: undefined, asked: [NOTIFICATION] });
});

it.each([
	['one unit', [sms()], accepted({ app_balance: 0 }), '1 unit, and the application has 0 for codes and notifications'],
	[
		'several',
		[sms(), sms(), sms()],
		accepted({ app_balance: 1, app_industry: 1 }),
		'3 units, and the application has 2 for codes and notifications',
	],
	['marketing', [sms(MARKETING)], accepted({ app_market: 0 }), '1 unit, and the application has 0 for marketing'],
	['both', [sms(), sms(MARKETING)], accepted({ app_balance: 1 }), '2 units, and the application has 1 for all kinds'],
])('says what is missing for %s', async (_, planned, outcome, words) => {
	expect((await check(planned, outcome)).obstacle).toEqual({
		message: `Not sent: the messages of this run need at least ${words}`,
		hint: `Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信), or send fewer messages. ${GO_ON}`,
	});
});

it.each([
	['keys', { keyed: true }, "Messages whose 'Send Once Key' was used before are counted as well. "],
	['schedules', { replaces: true }, 'The cost of the replaced schedules is not deducted. '],
	[
		'both',
		{ keyed: true, replaces: true },
		"Messages whose 'Send Once Key' was used before are counted as well. The cost of the replaced schedules is not deducted. ",
	],
])('says what was not counted (%s), also where only the first SMS has it', async (_, more, note) => {
	const { obstacle } = await check([sms(NOTIFICATION, more), sms()]);
	expect(obstacle?.hint).toBe(
		`Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信), or send fewer messages. ${note}${GO_ON}`,
	);
});

describe('nothing is sent where the balance cannot be checked, because', () => {
	const refused = (code: number): Outcome => ({
		class: 'refused',
		code,
		message: 'words',
		hint: 'Mend it.',
		scope: 'application',
		safeToRetry: false,
		splittable: false,
	});

	it.each([
		[
			'the account pays',
			refused(50033),
			uncheckable('this application has no balance of its own, so the account pays'),
		],
		['it was refused', refused(50002), uncheckable('words', `Mend it. ${GO_ON}`)],
		[
			'nobody answers',
			{ class: 'notAttempted', message: 'Nobody answers', hint: 'Wait.' } as Outcome,
			uncheckable('nobody answers'),
		],
		[
			'nobody knows what became of the question, whatever code it came with',
			{ class: 'unknown', code: 50033, message: 'No answer', hint: 'Look.' } as Outcome,
			uncheckable('no answer'),
		],
		['the answer is none', accepted({ dev: 1 }), uncheckable('the response of JSMS holds no balance')],
		[
			'nothing is assigned',
			accepted({ app_market: 5 }),
			uncheckable('this application has no balance of its own for codes and notifications, so the account pays'),
		],
	])('%s', async (_, outcome, obstacle) => {
		expect((await check([sms()], outcome)).obstacle).toEqual(obstacle);
	});

	it('one of two kinds has no balance of its own', async () => {
		const { obstacle } = await check([sms(), sms(MARKETING)], accepted({ app_industry: 5 }));
		expect(obstacle).toEqual(
			uncheckable('this application has no balance of its own for marketing, so the account pays'),
		);
	});

	it('a template is of no known type', async () => {
		const { obstacle, asked } = await check([sms(ODD)]);
		expect(obstacle).toEqual(uncheckable(`JSMS does not say what type template ${ODD} has`));
		expect(asked).toEqual([ODD]);
	});

	it.each([
		[
			'with what to do',
			new InputProblem('no template', 'Choose another.'),
			uncheckable('no template', `Choose another. ${GO_ON}`),
		],
		['with its words', new Error('broken'), uncheckable('broken')],
		['as it is', 'odd', uncheckable('odd')],
	])('a template cannot be read: that is told %s', async (_, thrown, obstacle) => {
		const { obstacle: found } = await check([sms()], undefined, async () => await Promise.reject(thrown as Error));
		expect(found).toEqual(obstacle);
	});
});
