import { DELIVERED, describeDelivery } from '../../../nodes/JSms/receipts/deliveryStatus';

it('knows every documented status, of which only one means delivered', () => {
	const codes = [4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4100];
	const words = codes.map(describeDelivery);
	expect(DELIVERED).toBe(4001);
	expect(words[0]).toBe('Delivered');
	for (const one of words.slice(1)) expect(one).toMatch(/^Not delivered: .{8,}/);
	expect(new Set(words).size).toBe(codes.length);
});

it('names what it does not know as it is', () => {
	expect(describeDelivery(4011)).toBe('Unknown delivery status 4011, see the documentation of JSMS');
	expect(describeDelivery(undefined)).toBe('No readable delivery status');
});
