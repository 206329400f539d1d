import { open, post } from '../support/visitor';
import { useService } from './service';
import { useVerification } from './verificationHost';

jest.mock('../../nodes/JSms/verification/formPace', () => ({ SHORTEST_VISIT_MS: 500 }));

const service = useService({ frequencyRules: 'off' });
const { host } = useVerification(service);

it('a form that comes faster than anybody types waits, and then goes through', async () => {
	const { url } = await host();
	const [form] = (await open(url)).forms;
	const start = performance.now();
	const page = await post(url, { ...form, mobile: '13800000001' });
	expect(performance.now() - start).toBeGreaterThan(400);
	expect(page.heading).toBe('Enter the code');
	const again = performance.now();
	await post(url, { ...form, mobile: '13800000002' });
	expect(performance.now() - again).toBeLessThan(400);
});
