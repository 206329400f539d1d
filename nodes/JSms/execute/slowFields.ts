import type { INodeProperties, NodeExecutionHint } from 'n8n-workflow';

/** From here on expressions take seconds in a running n8n, which needs some 0.4 to 1 ms for each. */
const MANY_EVALUATIONS = 3_000;

/** A parameter, or a part of one, that n8n's evaluator was asked for. */
export interface EvaluatedField {
	/** Where n8n keeps it, such as `templateFields.value.name`. */
	path: string;
	evaluations: number;
}

/**
 * What to do about fields that made a run slow; nothing where n8n had little to evaluate.
 * @param fields     those evaluated, the most frequent one first
 * @param properties the fields of the operation; their labels are what people know
 */
export function describeSlowFields(
	fields: readonly EvaluatedField[],
	properties: readonly INodeProperties[],
): NodeExecutionHint[] {
	const total = fields.reduce((sum, { evaluations }) => sum + evaluations, 0);
	if (total < MANY_EVALUATIONS) return [];
	const names = fields.slice(0, 3).map(({ path }) => `'${labelOf(path.split('.'), properties)}'`);
	const more = fields.length > 3 ? ` and ${fields.length - 3} more` : '';
	const what = fields.length === 1 ? 'The expression in' : 'The expressions in';
	const were = fields.length === 1 ? 'was' : 'were';
	return [
		{
			message:
				`${what} ${names.join(', ')}${more} ${were} calculated ${total.toLocaleString('en')} times and slowed this run down. ` +
				'Drag the field in directly, or calculate the value in a Code node before this node and drag the result in.',
			type: 'info',
			location: 'outputPane',
		},
	];
}

/** The label of a field as the editor shows it; a field of the template goes by its own name. */
export function labelOf([name, ...rest]: string[], properties: readonly INodeProperties[]): string {
	const property = properties.find((one) => one.name === name);
	if (!property) return name;
	const [next, ...behind] = rest;
	const row = next && /\[(\d+)\]/.exec(next);
	if (next === 'value' && behind.length > 0) return behind.join('.');
	if (property.type === 'collection' && next !== undefined) return labelOf(rest, property.options as INodeProperties[]);
	return row ? `${property.displayName}, row ${Number(row[1]) + 1}` : property.displayName;
}
