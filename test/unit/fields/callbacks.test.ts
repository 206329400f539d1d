import { CALLBACK_FIELDS, readCallbackSettings } from '../../../nodes/JSms/fields/callbacks';
import { JSmsTrigger } from '../../../nodes/JSms/JSmsTrigger.node';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';

const readOf = (values: Record<string, unknown>) => (name: string) => values[name];
const read = (field: Record<string, unknown>, option: Record<string, unknown> = {}) =>
	readCallbackSettings(readOf({ events: ['reply'], ...field }), readOf(option));

it('reads what was chosen', () => {
	expect(read({ events: ['reply', 'templateReview'] }, { maxAge: 60, includeTestEvents: false })).toEqual({
		events: new Set(['reply', 'templateReview']),
		maxAge: 60,
		includeTestEvents: false,
	});
});

it('takes a single event, as an expression may give it', () => {
	expect(read({ events: 'reply' }).events).toEqual(new Set(['reply']));
});

it('lets the last repeat of the service through by default: 3 minutes, 1 hour and 12 hours', () => {
	const { maxAge, includeTestEvents } = read({});
	expect(maxAge).toBeGreaterThan(3 * 60 + 3600 + 12 * 3600);
	expect(includeTestEvents).toBe(true);
});

it.each([
	[{ events: [] }, {}, "'Events' is empty"],
	[{ events: undefined }, {}, "'Events' is empty"],
	[{ events: ['reply', 'call'] }, {}, "'Events' must be an event, not the text 'call'"],
	[{ events: { reply: true } }, {}, "'Events' must be an event, not an object"],
	[{}, { maxAge: -1 }, "'Max Age' must be a whole number of 0 or more, not the number -1"],
	[{}, { maxAge: 'a day' }, "'Max Age' must be a whole number of 0 or more, not the text 'a day'"],
])('refuses %j with options %j', (field, option, message) => {
	const hint =
		'maxAge' in option
			? "Set 'Max Age' under Options to a number of seconds, or remove it."
			: "Choose at least one event in 'Events'.";
	expect(() => read(field, option)).toThrow(InputProblem);
	expect(() => read(field, option)).toThrow(expect.objectContaining({ message, hint, concerns: 'everyone' }) as Error);
});

it('takes no limit at all, which a sender of old callbacks could use', () => {
	expect(read({}, { maxAge: 0 }).maxAge).toBe(0);
	expect(read({}, { maxAge: '' }).maxAge).toBe(14 * 3600);
});

it('keeps its names: saved workflows hold them', () => {
	const [events, options] = CALLBACK_FIELDS.filter(({ type }) => type !== 'notice');
	expect(events).toMatchObject({ name: 'events', type: 'multiOptions', default: ['deliveryReport', 'reply'] });
	expect(events.options?.map((one) => 'value' in one && one.value)).toEqual([
		'deliveryReport',
		'reply',
		'signatureReview',
		'templateReview',
	]);
	expect(options.options?.map(({ name }) => name)).toEqual(['includeTestEvents', 'maxAge']);
});

describe('the trigger', () => {
	const { description } = new JSmsTrigger();

	it('takes the check of the address and the callbacks on one path, and answers callbacks without a body', () => {
		expect(description.webhooks).toEqual([
			expect.objectContaining({ name: 'setup', httpMethod: 'GET', path: 'jsms' }),
			expect.objectContaining({ name: 'default', httpMethod: 'POST', path: 'jsms', responseData: 'noData' }),
		]);
	});

	it('shows one address: the console takes only one', () => {
		expect(description.webhooks?.filter(({ ndvHideUrl }) => !ndvHideUrl)).toHaveLength(1);
	});

	it('says where the address goes, what it needs, and that pulling ends', () => {
		const [{ displayName: notice }] = CALLBACK_FIELDS;
		for (const words of ['Jiguang console', 'Production URL', 'port 80 or 443', 'pulling is off']) {
			expect(notice).toContain(words);
		}
	});

	it('is of the names that saved workflows hold', () => {
		expect(description).toMatchObject({
			name: 'jSmsTrigger',
			displayName: 'JSms Trigger',
			version: 2,
			inputs: [],
			credentials: [{ name: 'jSmsApi', required: true }],
		});
		expect(description).not.toHaveProperty('usableAsTool');
	});
});
