import { allSchemas, contradictions, schemaOf, type Schema } from '../support/schemas';
import { built, classesOf } from './unpacked';
import { ROOT } from '../support/root';

const { PROPERTIES } = built(
	'nodes/JSms/resources/description',
) as typeof import('../../nodes/JSms/resources/description');
const { toEventItem } = built('nodes/JSms/receipts/items') as typeof import('../../nodes/JSms/receipts/items');
const { CATALOG } = built('nodes/JSms/resources') as typeof import('../../nodes/JSms/resources');
const { JSms, JSmsReceiptTrigger, JSmsTrigger, JSmsVerificationTrigger } = classesOf(ROOT);

/** What the editor and its AI read about the package, beside the fields themselves. */
const OPERATIONS = CATALOG.flatMap(({ value, operations }) => operations.map((one) => `${value}/${one.value}`));

describe('output schemas', () => {
	it('are there for every operation, and for the triggers, which share one', () => {
		expect(allSchemas()).toEqual([...OPERATIONS, 'output'].sort());
	});

	it.each(allSchemas())('%s holds fields with types', (place) => {
		const { type, properties = {}, version } = schemaOf(place) ?? {};
		expect({ type, version }).toEqual({ type: 'object', version: 1 });
		expect(Object.keys(properties).length).toBeGreaterThan(0);
		for (const field of Object.values(properties)) expect(field.type).toBeDefined();
	});

	it('of the triggers tells all that a report and a reply give', () => {
		const report = { msgId: '1', phone: '13800005101', status: 4001, receiveTime: 1795000000000 };
		const reply = { phone: '13800005101', content: 'TD', replyTime: 1795000000000 };
		const items = [toEventItem('deliveryReport', report), toEventItem('reply', reply)];
		expect(items.flatMap((item) => contradictions(schemaOf('output'), item))).toEqual([]);
		const given = items.flatMap((item) => Object.keys(item));
		expect([...new Set(given)].sort()).toEqual(Object.keys(schemaOf('output')?.properties ?? {}).sort());
	});
});

it('the output schema of the verification trigger, which lies where n8n does not take it for that of another, tells its item', () => {
	const { version } = new JSmsVerificationTrigger().description;
	const schema = require(`../../nodes/JSmsVerification/__schema__/v${version}.0.0/output.json`) as Schema;
	const item = { mobile: '13800005101', msg_id: '1', verified_at: '2026-11-28T00:00:00.000Z' };
	expect(contradictions(schema, item)).toEqual([]);
	expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(item));
});

describe('codex', () => {
	const WORDS = ['jiguang', 'jpush', 'aurora', 'sms', 'otp', '2fa', 'verification', 'texting', 'China'];
	const SIGNS = ['极光', '短信', '验证码'];

	it.each(['JSms', 'JSmsTrigger', 'JSmsReceiptTrigger', 'JSmsVerificationTrigger'])(
		'%s is found by what people call it',
		(name) => {
			const folder = name === 'JSmsVerificationTrigger' ? 'JSmsVerification' : 'JSms';
			const codex = require(`../../nodes/${folder}/${name}.node.json`) as {
				node: string;
				categories: string[];
				alias: string[];
			};
			expect(codex.node).toBe(`n8n-nodes-jsms.${name.replace(/^JS/, 'jS')}`);
			expect(codex.categories).toEqual(['Communication']);
			expect(codex.alias).toEqual(expect.arrayContaining([...WORDS, ...SIGNS]));
			expect(new Set(codex.alias).size).toBe(codex.alias.length);
		},
	);
});

describe('hints for n8n’s AI builder', () => {
	const descriptions = [new JSms(), new JSmsTrigger(), new JSmsReceiptTrigger(), new JSmsVerificationTrigger()].map(
		({ description }) => description,
	);

	it.each(descriptions)('$name says what it is for and which nodes go with it', ({ name, builderHint }) => {
		expect(builderHint?.searchHint).toMatch(/^[A-Z].{60,}\.$/);
		const related = (builderHint?.relatedNodes ?? []).map(({ nodeType }) => nodeType);
		expect(related.every((type) => /^n8n-nodes-(base|jsms)\.\w+$/.test(type))).toBe(true);
		const own = related.flatMap((type) => /^n8n-nodes-jsms\.(\w+)$/.exec(type)?.[1] ?? []);
		expect(own.length).toBeGreaterThan(0);
		expect(own.filter((one) => one === name || !descriptions.some((other) => other.name === one))).toEqual([]);
	});

	it('do not stand where they would keep n8n from loading the package', () => {
		const hinted = PROPERTIES.filter(({ builderHint }) => builderHint).map(({ name }) => name);
		expect(new Set(hinted)).toEqual(new Set(['templateId', 'parameterMode']));
	});

	it('never hold an expression', () => {
		const hints = JSON.stringify([
			...descriptions.map(({ builderHint }) => builderHint),
			...PROPERTIES.map(({ builderHint }) => builderHint),
		]);
		expect(hints).not.toMatch(/=\{\{|ai_/);
	});
});

it('an agent’s list of tools says what the tool can do', () => {
	const { usableAsTool } = new JSms().description;
	expect(typeof usableAsTool === 'object' && usableAsTool.replacements?.description).toMatch(/agent/);
});
