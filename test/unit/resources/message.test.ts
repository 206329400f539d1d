import { batch, inputOf, single } from './operation';

const fields = { mobile: '+86 13812345678', templateId: 1250 };

describe('send', () => {
	const { operation, requestOf, itemsOf } = single('message', 'send');

	it('is a POST of number, template and parameters, with the signature where one is chosen', async () => {
		const body = { mobile: '13812345678', temp_id: 1250, temp_para: { name: '王芳' } };
		expect(await requestOf(fields, {}, { name: '王芳' })).toEqual({ method: 'POST', path: '/messages', body });
		expect(await requestOf(fields, { signatureId: 37001 }, { name: '王芳' })).toEqual({
			method: 'POST',
			path: '/messages',
			body: { ...body, sign_id: 37001 },
		});
	});

	it('leaves temp_para out where there are no parameters', async () => {
		const { body } = await requestOf(fields, {}, {});
		expect(body).toStrictEqual({ mobile: '13812345678', temp_id: 1250 });
	});

	it('must not be repeated blindly', () => {
		expect([operation.effect, operation.sends, operation.usesTemplate]).toEqual(['once', true, true]);
	});

	it('gives the ID as text, beside what it was sent with', () => {
		const request = { body: { mobile: '13812345678', temp_id: 1250 } };
		expect(itemsOf({ msg_id: 288193860302 }, request)).toEqual([
			{ msg_id: '288193860302', mobile: '13812345678', temp_id: 1250 },
		]);
		expect(itemsOf({ msg_id: 'a' })).toEqual([{ msg_id: 'a', mobile: undefined, temp_id: undefined }]);
		expect([itemsOf({}), itemsOf({ msg_id: '' }), itemsOf([]), itemsOf(null)]).toEqual(new Array(4).fill(undefined));
	});
});

describe('sendBatch', () => {
	const operation = batch('message', 'sendBatch');

	it('is a POST of what the recipients share, and of each of them', () => {
		const shared = operation.readShared(inputOf(fields, { signatureId: 37001, tag: 'spring' }));
		expect(shared).toEqual({ tempId: 1250, signId: 37001, tag: 'spring' });
		expect(operation.buildRequest(shared, [{ mobile: '13812345678', tempPara: { name: '王芳' } }])).toEqual({
			method: 'POST',
			path: '/messages/batch',
			body: {
				temp_id: 1250,
				sign_id: 37001,
				tag: 'spring',
				recipients: [{ mobile: '13812345678', temp_para: { name: '王芳' } }],
			},
		});
	});

	it('leaves out what was not chosen', () => {
		const shared = operation.readShared(inputOf(fields));
		expect(shared).toStrictEqual({ tempId: 1250 });
		expect(operation.buildRequest(shared, []).body).toStrictEqual({ temp_id: 1250, recipients: [] });
		expect(operation.buildRequest(shared, [{ mobile: '13812345678', tempPara: {} }]).body).toStrictEqual({
			temp_id: 1250,
			recipients: [{ mobile: '13812345678' }],
		});
		expect([operation.usesTemplate, operation.done, operation.replaces]).toEqual([true, undefined, undefined]);
	});
});
