import type { Failure } from '../../../nodes/JSms/model/failure';
import { backoffOf } from '../../../nodes/JSms/triggers/backoff';

/** What n8n's scheduler is told about a failed poll. */

const failure = (outcome: Failure['outcome'], code?: number): Failure => ({
	message: '',
	hint: '',
	outcome,
	safeToRetry: false,
	...(code !== undefined && { code }),
});

it.each([50001, 50002, 50008, 50035, 50036])('asks for a person where keys or application are refused (%d)', (code) => {
	expect(backoffOf(failure('refused', code))).toEqual({ cause: 'credential-invalid' });
});

it('asks for a minute where the pace was broken', () => {
	expect(backoffOf(failure('refused', 50009))).toEqual({ cause: 'rate-limited', retryAfterMs: 60_000 });
});

it('asks for a person where a setting is wrong', () => {
	expect(backoffOf(failure('invalidInput'))).toEqual({ cause: 'configuration-invalid' });
});

it.each([
	['another refusal', failure('refused', 50019)],
	['a refusal without code', failure('refused')],
	['nobody there', failure('notAttempted')],
	['an unknown result, whatever its code', failure('unknown', 50002)],
	['an unknown result at the pace of the service', failure('unknown', 50009)],
])('just waits after %s', (_, one) => {
	expect(backoffOf(one)).toEqual({ cause: 'temporarily-unavailable' });
});
