import { plannedMessage, prepareItem, type Prepared } from '../../../nodes/JSms/execute/prepare';
import type { Session } from '../../../nodes/JSms/execute/session';
import type { ApiRequest } from '../../../nodes/JSms/model/request';
import type { ItemInput, SingleOperation } from '../../../nodes/JSms/model/operation';

/** What an item adds to the balance that a run needs. */

const body = { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' } };
const prepared = (request: Partial<ApiRequest>, key?: string): Prepared => ({
	request: { method: 'POST', path: '/messages', body, ...request },
	key,
});

it('is its template with the values, the key and what it replaces', () => {
	const planned = { tempId: 1250, tempPara: { number: '1' }, keyed: false, replaces: false };
	expect(plannedMessage(prepared({}))).toEqual([planned]);
	expect(plannedMessage(prepared({ method: 'PUT' }, 'order-1'))).toEqual([{ ...planned, keyed: true, replaces: true }]);
});

it.each([
	['a failure', { failure: { message: '', hint: '', outcome: 'invalidInput', safeToRetry: false } } as Prepared],
	['a request without body', prepared({ body: undefined })],
	['one without template', prepared({ body: { mobile: '1' } })],
	['one whose template is no number', prepared({ body: { ...body, temp_id: '1250' } })],
])('is nothing for %s', (_, one) => {
	expect(plannedMessage(one)).toEqual([]);
});

describe('the request of an item', () => {
	const inputOf = (name: string): ItemInput => ({
		read: () => name,
		option: () => undefined,
		templateParameters: () => ({}),
		givenParameters: () => ({}),
		timeZone: 'UTC',
		binary: async () => undefined,
	});
	const session = {
		keys: { unique: (item: number) => `order-${item}` },
		input: (item: number) => inputOf(`item ${item}`),
		templateInput: async (item: number) => inputOf(`item ${item} with its template`),
	} as unknown as Session;
	const building = (buildRequest: SingleOperation['buildRequest'], usesTemplate?: boolean) =>
		({ usesTemplate, buildRequest }) as SingleOperation;
	const named = ({ read }: ItemInput): ApiRequest => ({ method: 'GET', path: String(read('any')) });

	it('is built from its parameters, at once or later, and goes with its key', async () => {
		const request = { method: 'GET', path: 'item 2' };
		expect(await prepareItem(session, building(named), 2)).toEqual({ request, key: 'order-2' });
		const later = async (input: ItemInput) => named(input);
		expect(await prepareItem(session, building(later), 2)).toEqual({ request, key: 'order-2' });
	});

	it('knows the names of the template where the operation fills one in', async () => {
		expect(await prepareItem(session, building(named, true), 2)).toMatchObject({
			request: { path: 'item 2 with its template' },
		});
	});

	it('is a failure where it cannot be built', async () => {
		const broken = () => {
			throw new Error('broken');
		};
		expect(await prepareItem(session, building(broken), 2)).toMatchObject({
			failure: { message: 'broken', outcome: 'invalidInput' },
		});
	});
});

it('counts a message whose template has no parameters, for which temp_para is left out', () => {
	const rest = { mobile: body.mobile, temp_id: body.temp_id };
	expect(plannedMessage(prepared({ body: rest }))).toMatchObject([{ tempId: 1250, tempPara: {} }]);
});
