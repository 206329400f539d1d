import { bodyText } from '../../../nodes/JSms/model/bodyText';

it('writes a body once, however often it is asked for', () => {
	const toJSON = jest.fn(() => ({ mobile: '13800000001' }));
	const body = { toJSON };
	expect([bodyText(body), bodyText(body)]).toEqual(['{"mobile":"13800000001"}', '{"mobile":"13800000001"}']);
	expect(toJSON).toHaveBeenCalledTimes(1);
});

it('tells bodies apart', () => {
	expect([bodyText({ a: 1 }), bodyText({ a: 2 })]).toEqual(['{"a":1}', '{"a":2}']);
});
