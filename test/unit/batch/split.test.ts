import { maxSplitRequests, splitInHalves } from '../../../nodes/JSms/batch/split';
import { request } from './build';

it('halves a request and keeps the order of its recipients', () => {
	expect(splitInHalves(request([3, 5, 7, 9, 11]))).toEqual([request([3, 5, 7]), request([9, 11])]);
	expect(splitInHalves(request([3, 5]))).toEqual([request([3]), request([5])]);
});

it('allows enough extra requests to find ten bad rows, and none for a single row', () => {
	expect(maxSplitRequests(1)).toBe(0);
	expect(maxSplitRequests(2)).toBe(20);
	expect(maxSplitRequests(1000)).toBe(200);
});
