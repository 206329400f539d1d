import type { SavedWorkflow } from '../../support/n8nTypes';
import { eventually } from '../../support/eventually';
import { submit, textOf } from '../support/forms';
import { importWorkflow } from '../support/workflows';
import type { Instance } from '../support/instance';

const MOBILE = '13800005101';
const AGAIN = 'Send a new code';
/** Long enough that a page is there sooner, on a busy machine too. */
const PAUSE_SECONDS = 15;

export default (get: () => Instance, file: string) => {
	let saved: SavedWorkflow;
	beforeAll(async () => {
		// Of the 'Rules' the last: how long the pause is.
		const pause = { 'assignments.assignments.5.value': PAUSE_SECONDS };
		saved = await importWorkflow(get(), file, { Rules: pause });
		await get().client.activate(saved, ['/form/sign-up']);
	});
	afterAll(() => get().client.deactivate(saved.id));

	const begin = (mobile = MOBILE) => submit(`${get().client.url}/form/sign-up`, mobile);
	const codes = () => get().sandbox.ledger.map(({ code }) => code);
	const wrongCode = () => (codes().includes('111111') ? '222222' : '111111');
	/** Fills in the page with the code, and waits for what the next one says. */
	const answer = async (page: string, [code = '', again = '']: Array<string | undefined>, expected: string) => {
		await submit(page, code, again);
		await eventually(async () => expect(await textOf(page)).toContain(expected));
	};

	test('the code from the SMS signs up, also after two wrong ones', async () => {
		const page = await begin();
		expect(await textOf(page)).toContain('The code is in the SMS');
		await answer(page, [''], 'is empty');
		await answer(page, [wrongCode()], 'Tries left: 2');
		await answer(page, [wrongCode()], 'Tries left: 1');
		await answer(page, [codes()[0]], `${MOBILE} belongs to you`);
		expect(codes()).toHaveLength(1);
	});

	test('three wrong codes end it', async () => {
		const page = await begin();
		await answer(page, [wrongCode()], 'Tries left: 2');
		await answer(page, [wrongCode()], 'Tries left: 1');
		await answer(page, [wrongCode()], 'Too many wrong codes');
		expect(codes()).toHaveLength(1);
	});

	test('a new code comes after the pause, not before, and then the new one counts', async () => {
		const page = await begin();
		const sentAt = Date.now();
		await answer(page, ['', AGAIN], `You can ask for a new code ${PAUSE_SECONDS} seconds after`);
		expect(codes()).toHaveLength(1);
		await answer(page, [wrongCode()], 'Tries left: 2');
		await new Promise((resolve) => setTimeout(resolve, sentAt + PAUSE_SECONDS * 1000 - Date.now()));
		await answer(page, ['', AGAIN], 'The code is in the SMS');
		expect(codes()).toHaveLength(2);
		await answer(page, [codes()[1]], `${MOBILE} belongs to you`);
	});

	test('a number that JSMS refuses gets no second page', async () => {
		expect(await textOf(await begin('13800000006'))).toContain('We could not send you a code');
		expect(codes()).toEqual([]);
	});
};
