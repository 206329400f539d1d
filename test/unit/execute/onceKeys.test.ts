import { admitByKey, failureOfKey } from '../../../nodes/JSms/execute/onceKeys';
import { InputProblem } from '../../../nodes/JSms/model/inputProblem';

it.each([
	['used', 'alreadySent'],
	['doubtful', 'notAttempted'],
] as const)('tells what a key that was %s means for a single message: %s', (verdict, outcome) => {
	expect(failureOfKey(verdict, '13800000001')).toMatchObject({ outcome, safeToRetry: false, mobile: '13800000001' });
	expect(failureOfKey(verdict, undefined)).not.toHaveProperty('mobile');
});

it('lets the rows be sent again where the store could not be used before anything was sent', async () => {
	const claim = async () => await Promise.reject(new InputProblem('no store', 'Try later.'));
	const { admit } = admitByKey({ claim, release: async () => {} }, 'none');
	expect(await admit([{ item: 0, mobile: '13800000001', tempPara: {}, onceKey: 'a' }])).toEqual([
		{ status: 'failed', message: 'no store', hint: 'Try later.', safeToRetry: true, scope: 'application' },
	]);
});
