import { digest, fingerprint } from '../../../nodes/JSms/memory/digest';
import type { ApiRequest } from '../../../nodes/JSms/model/request';

const request = (own: Partial<ApiRequest>): ApiRequest => ({ method: 'POST', path: '/sign', ...own });
const bytes = (...values: number[]) => Uint8Array.from(values);
const picture = (content: Uint8Array) => ({
	field: 'image0',
	fileName: 'a.png',
	mimeType: 'image/png' as const,
	bytes: content,
});

it('is the same for the same request, whatever stands beside it', () => {
	const one = request({ body: { mobile: '13800000001' } });
	expect(digest({ ...one, metadata: { send_at: 'x' } })).toBe(digest(request({ body: { mobile: '13800000001' } })));
	expect(digest(one)).toMatch(/^[0-9a-f]{32}$/);
});

it('differs with everything that goes over the wire', () => {
	const requests = [
		request({}),
		request({ method: 'PUT' }),
		request({ path: '/sign/1' }),
		request({ body: { mobile: '13800000001' } }),
		request({ body: { mobile: '13800000002' } }),
		request({ form: [{ field: 'sign', text: 'a' }] }),
		request({ form: [{ field: 'sign', text: 'b' }] }),
		request({ form: [{ field: 'type', text: 'a' }] }),
		request({ form: [picture(bytes(1, 2))] }),
		request({ form: [picture(bytes(1, 3))] }),
	];
	expect(new Set(requests.map(digest)).size).toBe(requests.length);
});

it('tells where one piece ends and the next begins', () => {
	expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
	expect(fingerprint(['a', bytes(98)])).toBe(fingerprint(['a', 'b']));
});
