import { toId, toReviewed } from '../../../nodes/JSms/resources/review';

describe('the state of a review', () => {
	it.each([
		[0, 'under review'],
		['1', 'approved'],
		[2, 'rejected'],
	])('%j is said in words, beside all that the service tells', (status, words) => {
		expect(toReviewed({ temp_id: 7, status, later: { field: [1] } })).toEqual([
			{ temp_id: 7, status, later: { field: [1] }, status_message: words },
		]);
	});

	it.each([[{ status: 9 }], [{ status: true }], [{ temp_id: 7 }]])(
		'of %j has no words, so none are made up',
		(record) => {
			expect(toReviewed(record)).toStrictEqual([record]);
		},
	);

	it('is not read from what is no record, or one that n8n could not keep', () => {
		let deep: unknown = 1;
		for (let level = 0; level < 50; level += 1) deep = { deep };
		for (const body of [undefined, null, 'ok', [{ status: 1 }], { status: 1, deep }]) {
			expect(toReviewed(body)).toBeUndefined();
		}
	});
});

describe('the ID of something new', () => {
	it('is a number under its own name, however it was written', () => {
		expect(toId({ sign_id: 37001, temp_id: 5 }, 'sign_id')).toEqual([{ sign_id: 37001 }]);
		expect(toId({ temp_id: '5' }, 'temp_id')).toEqual([{ temp_id: 5 }]);
	});

	it.each([[undefined], ['5'], [[5]], [{}], [{ temp_id: 'x' }], [{ temp_id: 1.5 }], [{ sign_id: 5 }]])(
		'is not found in %j',
		(body) => {
			expect(toId(body, 'temp_id')).toBeUndefined();
		},
	);
});
