import type { IDataObject } from 'n8n-workflow';

import { runPull } from '../../../nodes/JSms/execute/pull';
import { FULL_PAGE } from '../../../nodes/JSms/receipts/pull';
import { pullReports } from '../../../nodes/JSms/resources/receipt/pullReports.operation';
import { breaks, contextOf, refusal, type ServiceResponse } from './context';

// Five seconds between calls are the service's rule; a shorter gap shows the same.
jest.mock('../../../nodes/JSms/receipts/pullGap', () => ({ PULL_GAP_MS: 1 }));

/** A pull of delivery reports, from the items to the output. */

const report = (mobile: string) => ({
	msgId: `id-${mobile}`,
	phone: mobile,
	sendTime: 1_795_000_000_000,
	receiveTime: 1_795_000_001_000,
	status: 4001,
});
const page = (...mobiles: string[]): ServiceResponse => ({ body: mobiles.map(report) });
const fullPage = () => page(...Array.from({ length: FULL_PAGE }, (_, index) => String(13800100001 + index)));

async function pull(
	answers: Array<() => ServiceResponse>,
	{ items = [{}], parameters = {}, ...given }: Parameters<typeof contextOf>[0] = {},
) {
	const waiting = [...answers];
	const { context, asked, used, hints } = contextOf({
		items,
		parameters: { returnAll: true, ...parameters },
		answer: () => waiting.shift()?.() ?? page(),
		...given,
	});
	const [output] = await runPull(context, pullReports);
	return { asked, hints, output, credentials: used.map(({ credential }) => credential) };
}

const pulled = (mobile: string) => ({
	json: expect.objectContaining({ msg_id: `id-${mobile}`, phone: mobile }) as IDataObject,
	pairedItem: { item: 0 },
});

it('reads once for all items together', async () => {
	const { asked, output, hints, credentials } = await pull([() => page('13800100001', '13800100002')], {
		items: [{}, {}],
	});
	expect(asked).toEqual([{ method: 'GET', path: '/report' }]);
	expect(output).toEqual([pulled('13800100001'), pulled('13800100002')]);
	expect([hints, credentials]).toEqual([[], ['jSmsApi']]);
});

it('reads nothing without items, and puts nothing out where there is nothing', async () => {
	expect(await pull([], { items: [] })).toMatchObject({ asked: [], output: [] });
	expect(await pull([])).toMatchObject({ output: [], hints: [] });
});

it.each([null, []])('takes an answer that is %j for no records', async (body) => {
	expect(await pull([() => ({ body })])).toMatchObject({ output: [], hints: [] });
});

it('puts out what it has read when a later page fails, with a warning', async () => {
	const { output, hints } = await pull([fullPage, () => refusal(50014)]);
	expect(output).toHaveLength(FULL_PAGE);
	expect(hints).toEqual([
		{
			message: expect.stringMatching(
				new RegExp(
					`^${FULL_PAGE} records were read, then reading ended early: The SMS balance is used up \\(50014 words of 50014\\)\\. .+`,
				),
			) as string,
			type: 'warning',
			location: 'outputPane',
		},
	]);
	expect((await pull([fullPage, () => refusal(50014)], { withoutHints: true })).output).toHaveLength(FULL_PAGE);
});

it('ends although the service never stops, and says that there may be more', async () => {
	const { asked, output, hints } = await pull([], { answer: fullPage });
	expect([output.length, asked.length]).toEqual([100_000, 200]);
	expect(hints).toEqual([
		{
			message:
				'100000 records were read, the most that one run reads. JSMS may have more, which it keeps for three days: run the node again.',
			type: 'warning',
			location: 'outputPane',
		},
	]);
});

it('says nothing of more where a person set the limit', async () => {
	const { output, hints } = await pull([fullPage, fullPage], { parameters: { returnAll: false, limit: 500 } });
	expect([output.length, hints]).toEqual([FULL_PAGE, []]);
});

it('does not ask again where records may be lost', async () => {
	const { asked, hints } = await pull([fullPage, breaks]);
	expect(asked).toHaveLength(2);
	expect(hints[0].message).toContain('JSMS gives out each record only once');
});

it('takes what is no list for no answer', async () => {
	await expect(pull([() => ({ body: { reports: [] } })])).rejects.toThrow(/the result is unknown$/);
});

it.each([
	['a refusal', { answer: () => refusal(50014) }, 'The SMS balance is used up (50014 words of 50014)'],
	['a fault of the run', { credential: new Error('No keys') }, 'No keys'],
])('stops the workflow after %s, or makes an error item of it', async (_, given, message) => {
	await expect(pull([], given)).rejects.toMatchObject({ message });
	const { output } = await pull([], { ...given, goesOn: true });
	expect(output).toMatchObject([{ json: { error: message, details: {} }, pairedItem: { item: 0 } }]);
	expect(output).toHaveLength(1);
});
