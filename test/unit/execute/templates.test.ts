import { classify } from '../../../nodes/JSms/api/classify';
import { type Outcome } from '../../../nodes/JSms/model/outcome';
import { templateIn, Templates, templateRequest } from '../../../nodes/JSms/execute/templates';

const answer = (body: unknown, status = 200) => classify({ kind: 'response', status, body: JSON.stringify(body) });

const LATER = 'Nothing was sent. Retry later, or map each parameter manually: then the template need not be read.';

function templatesAnswering(outcome: Outcome) {
	const paths: string[] = [];
	const templates = new Templates(async ({ path }) => {
		paths.push(path);
		return outcome;
	});
	return { templates, paths };
}

it('reads a template once per run, also when asked by many at the same time', async () => {
	const { templates, paths } = templatesAnswering(answer({ template: '{{name}} {{order}}', type: 2 }));
	const asked = await Promise.all([templates.of(7), templates.of(7), templates.of(8), templates.of(7)]);
	expect(asked.map(({ names, type }) => ({ names, type }))).toEqual(
		new Array(4).fill({ names: ['name', 'order'], type: 2 }),
	);
	expect(paths).toEqual(['/templates/7', '/templates/8']);
});

it('says why a template could not be read, to everyone who asks, after one try', async () => {
	const { templates, paths } = templatesAnswering(answer({ error: { code: 50013, message: 'invalid temp_id' } }, 403));
	for (let times = 0; times < 2; times += 1) {
		await expect(templates.of(7)).rejects.toMatchObject({
			message:
				'Template 7 could not be read: there is no template with this ID in the application (50013 invalid temp_id)',
			hint: expect.stringContaining("correct 'Template ID'") as string,
			concerns: 'everyone',
		});
	}
	expect(paths).toHaveLength(1);
});

it('says so when the answer holds no text', async () => {
	const { templates } = templatesAnswering(answer({ temp_id: 7 }));
	await expect(templates.of(7)).rejects.toMatchObject({
		message: 'The text of template 7 could not be read',
		hint: LATER,
		concerns: 'everyone',
	});
});

it('says what to do where nobody answers', async () => {
	const { templates } = templatesAnswering({ class: 'notAttempted', message: 'Nobody answers', hint: 'Wait.' });
	await expect(templates.of(7)).rejects.toMatchObject({
		message: 'Template 7 could not be read: nobody answers',
		hint: LATER,
		concerns: 'everyone',
	});
});

it('knows how to ask for a template and what the answer holds', () => {
	expect(templateRequest(1250)).toEqual({ method: 'GET', path: '/templates/1250' });
	expect(templateIn({ template: 'a {{b}}', type: 3 })).toEqual({
		pieces: ['a ', ''],
		places: [{ name: 'b', written: '{{b}}' }],
		names: ['b'],
		type: 3,
	});
	expect(templateIn({ template: 'a' })?.type).toBeNaN();
	expect([undefined, null, 'text', {}, { template: 5 }].map(templateIn)).toEqual(new Array(5).fill(undefined));
});
