import type { IExecuteFunctions } from 'n8n-workflow';

import { Parameters, type ParameterContext } from '../../../nodes/JSms/execute/parameters';
import { reading, readsOf, runScenario, type Reading, type Scenario } from './scenario';

export interface Compared {
	expression: unknown;
	itemIndex: number;
	ours: Reading;
	/** What n8n's own evaluator gives. */
	theirs: Reading;
	/** Whether n8n's evaluator was asked for ours, too. */
	evaluated: boolean;
}

/** The context of a running node that counts how often n8n's evaluator is asked. */
export function counting(context: IExecuteFunctions): ParameterContext & { evaluated: () => number } {
	let evaluated = 0;
	return {
		getNodeParameter: (name, index, fallback, options) => {
			if (!('rawExpressions' in options)) evaluated += 1;
			return context.getNodeParameter(name, index, fallback, options) as unknown;
		},
		getWorkflowDataProxy: (index) => context.getWorkflowDataProxy(index),
		evaluated: () => evaluated,
	};
}

/** Reads a scenario in both ways: one list per turn of the reader, in the order of `readsOf`. */
export async function compareScenario(scenario: Scenario): Promise<Compared[][]> {
	const turns: Compared[][] = [];
	await runScenario(scenario, (context) => {
		const items = context.getInputData();
		const asked = counting(context);
		const parameters = new Parameters(asked, items);
		turns.push(
			readsOf(scenario, items.length).map(([name, itemIndex]) => {
				const before = asked.evaluated();
				const ours = reading(() => parameters.read(name, itemIndex));
				const evaluated = asked.evaluated() > before;
				const theirs = reading(() => context.getNodeParameter(name, itemIndex, null));
				return { expression: scenario.parameters[name], itemIndex, ours, theirs, evaluated };
			}),
		);
	});
	return turns;
}
