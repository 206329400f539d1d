import type { IDataObject } from 'n8n-workflow';

import { runPreview } from '../../../nodes/JSms/execute/preview';
import { preview } from '../../../nodes/JSms/resources/template/preview.operation';
import { contextOf, refusal, type ServiceResponse } from './context';

/** A look at what items would send: from the items to the output. */

const template = (): ServiceResponse => ({ body: { temp_id: 1250, template: 'No. {{number}}', type: 1 } });
const shown = (text: string) => expect.objectContaining({ temp_id: 1250, text: `【示例】${text}` }) as IDataObject;

async function look(items: IDataObject[], options: IDataObject = {}, given: Parameters<typeof contextOf>[0] = {}) {
	const { context, asked, hints } = contextOf({
		items,
		parameters: {
			templateId: '={{ $json.template }}',
			parameterMode: 'pairs',
			parameters: { parameter: [{ name: 'number', value: '={{ $json.code }}' }] },
			options: { signatureText: '示例', ...options },
		},
		answer: template,
		...given,
	});
	const [output] = await runPreview(context, preview);
	return { asked, hints, output };
}

const [ONE, TWO] = [
	{ template: 1250, code: 'A' },
	{ template: 1250, code: 'B' },
];

it('shows the text of each item and asks for nothing but the template, once', async () => {
	const { asked, output, hints } = await look([ONE, TWO]);
	expect(asked).toEqual([{ method: 'GET', path: '/templates/1250' }]);
	expect(output).toEqual([
		{ json: shown('No. A'), pairedItem: { item: 0 } },
		{ json: shown('No. B'), pairedItem: { item: 1 } },
	]);
	expect(hints).toEqual([]);
});

it('passes the input on where that is wanted', async () => {
	expect((await look([ONE])).output[0].json).not.toHaveProperty('input');
	expect((await look([ONE], { includeInput: true })).output[0].json).toMatchObject({ input: ONE });
});

it('stops the workflow at the first item that cannot be shown', async () => {
	await expect(look([ONE, { code: 'B' }, TWO])).rejects.toMatchObject({
		message: "'Template ID' is empty",
		context: { itemIndex: 1 },
	});
	await expect(look([ONE], {}, { answer: () => refusal(50013) })).rejects.toMatchObject({
		message:
			'Template 1250 could not be read: there is no template with this ID in the application (50013 words of 50013)',
	});
});

it('makes an error item of it where the workflow goes on', async () => {
	const { output } = await look([ONE, { code: 'B' }, TWO], {}, { goesOn: true });
	expect(output).toMatchObject([
		{ json: shown('No. A') },
		{ json: { error: "'Template ID' is empty", details: { outcome: 'invalidInput' } }, pairedItem: { item: 1 } },
		{ json: shown('No. B') },
	]);
});

it('reports a fault of the whole run for each item', async () => {
	const broken = { credential: new Error('No keys') };
	await expect(look([ONE, TWO], {}, broken)).rejects.toMatchObject({ message: 'No keys', context: { itemIndex: 0 } });
	const { output, hints } = await look([ONE, TWO], {}, { ...broken, goesOn: true });
	expect(output).toMatchObject([
		{ json: { error: 'No keys' }, pairedItem: { item: 0 } },
		{ json: { error: 'No keys' }, pairedItem: { item: 1 } },
	]);
	expect(hints).toEqual([]);
});

it('looks at nothing more once the execution was canceled', async () => {
	expect(await look([ONE], {}, { signal: AbortSignal.abort() })).toMatchObject({ asked: [], output: [] });
	const stop = new AbortController();
	const answer = () => {
		stop.abort();
		return template();
	};
	expect((await look([ONE, TWO], {}, { answer, signal: stop.signal })).output).toHaveLength(1);
});

it('says which fields made it slow, where n8n knows hints', async () => {
	const worked = '={{ $json.code.slice(0) }}';
	const others = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`other${index}`, worked]));
	const items = Array.from({ length: 100 }, () => ONE);
	const { hints } = await look(items, others);
	expect(hints).toMatchObject([{ message: expect.stringMatching(/were calculated 3,000 times/) as string }]);
	expect((await look([ONE], {}, { withoutHints: true })).output).toHaveLength(1);
});
