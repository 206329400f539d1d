import { plannedOf, type Prepared } from '../../../nodes/JSms/execute/prepare';
import type { ApiRequest } from '../../../nodes/JSms/operation';

/** What an item adds to the balance that a run needs. */

const body = { mobile: '13812345678', temp_id: 1250, temp_para: { number: '1' } };
const prepared = (request: Partial<ApiRequest>, key?: string): Prepared => ({
	request: { method: 'POST', path: '/messages', body, ...request },
	key,
});

it('is its template with the values, the key and what it replaces', () => {
	const planned = { tempId: 1250, tempPara: { number: '1' }, keyed: false, replaces: false };
	expect(plannedOf(prepared({}))).toEqual(planned);
	expect(plannedOf(prepared({ method: 'PUT' }, 'order-1'))).toEqual({ ...planned, keyed: true, replaces: true });
});

it.each([
	['a failure', { failure: { message: '', hint: '', outcome: 'invalidInput', safeToRetry: false } } as Prepared],
	['a request without body', prepared({ body: undefined })],
	['one without template', prepared({ body: { mobile: '1' } })],
	['one whose template is no number', prepared({ body: { ...body, temp_id: '1250' } })],
	['one without values', prepared({ body: { ...body, temp_para: null } })],
])('is nothing for %s', (_, one) => {
	expect(plannedOf(one)).toBeUndefined();
});
