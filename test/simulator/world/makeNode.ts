import type { Choice } from '../random';
import { EXPRESSION } from './expressions';
import { isBatch } from './people';
import type { NodePlan, Operation } from './types';

/** A node as it comes when it is put on the canvas and filled in. */
export const plainNode = (operation: Operation = 'send'): NodePlan => ({
	operation,
	mobile: EXPRESSION.phone,
	text: 'fixed',
	when: EXPRESSION.when,
	templateId: 1250,
	recipientsFrom: 'inputItems',
	list: 'objects',
	options: {},
	onError: 'stopWorkflow',
	tries: 1,
	wait: 1,
	executeOnce: false,
	tool: false,
});

export function makeNode(choice: Choice): NodePlan {
	const { chance, one, weighted } = choice;
	const operation = weighted<Operation>(
		[6, 'send'],
		[7, 'sendBatch'],
		[1, 'sendText'],
		[1, 'sendVoice'],
		[1, 'create'],
		[1, 'createBatch'],
		[1, 'update'],
		[0.7, 'delete'],
		[0.5, 'pullReports'],
		[0.3, 'pullReplies'],
		[0.3, 'preview'],
	);
	return {
		operation,
		mobile: weighted(
			[30, EXPRESSION.phone],
			[0.5, EXPRESSION.missing],
			[0.5, EXPRESSION.throws],
			[0.5, EXPRESSION.phoneInList],
		),
		text: weighted(
			[12, EXPRESSION.text],
			[1, 'fixed'],
			[1, EXPRESSION.now],
			[1, EXPRESSION.random],
			[0.4, EXPRESSION.missing],
			[0.3, EXPRESSION.throws],
		),
		when: weighted([5, EXPRESSION.when], [2, EXPRESSION.inAnHour], [0.5, EXPRESSION.phone]),
		templateId: weighted<number | string>([30, 1250], [0.3, EXPRESSION.phone], [0.3, EXPRESSION.missing]),
		recipientsFrom: isBatch(operation) && chance(0.2) ? 'list' : 'inputItems',
		list: weighted([5, 'objects'], [1, 'numbers'], [1, 'commas']),
		options: makeOptions(choice, operation),
		onError: one('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
		tries: chance(0.3) ? one(2, 3) : 1,
		wait: one(1, 1000, 5000),
		executeOnce: chance(0.05),
		tool: chance(0.06),
	};
}

function makeOptions({ chance, one, weighted }: Choice, operation: Operation): Record<string, unknown> {
	const options: Record<string, unknown> = {};
	const maybe = (probability: number, name: string, make: () => unknown) => {
		if (chance(probability)) options[name] = make();
	};
	maybe(0.55, 'sendOnceKey', () =>
		weighted(
			[10, EXPRESSION.key],
			[2, EXPRESSION.keyText],
			[1, EXPRESSION.keyOrNothing],
			[1, EXPRESSION.keyOfOrder],
			[0.6, EXPRESSION.now],
			[0.4, EXPRESSION.throws],
			[0.5, 'one-key'],
		),
	);
	maybe(0.35, 'concurrency', () =>
		weighted<unknown>([6, one(1, 2, 20)], [0.4, EXPRESSION.throws], [0.3, EXPRESSION.missing], [0.3, EXPRESSION.phone]),
	);
	maybe(0.5, 'batchSize', () => weighted<unknown>([9, one(1, 2, 3, 1000)], [0.3, EXPRESSION.throws]));
	maybe(0.12, 'timeout', () => one<unknown>(1000, 5000, EXPRESSION.phone));
	maybe(0.08, 'tag', () =>
		weighted([3, 'spring'], [1, EXPRESSION.throws], [1, EXPRESSION.phone], [1, EXPRESSION.phoneInList]),
	);
	maybe(0.08, 'checkFirst', () => true);
	maybe(0.06, 'checkBalance', () => true);
	maybe(0.08, 'includeInput', () => weighted<unknown>([4, true], [1, EXPRESSION.throws]));
	maybe(0.08, 'duplicateRecipients', () => one('skip', 'send'));
	maybe(0.04, 'rowsOn', () => 'oneOutput');
	maybe(0.03, 'signatureId', () => one<unknown>(37001, EXPRESSION.missing, EXPRESSION.phone));
	if (operation === 'sendVoice' && chance(0.5)) options.code = one('1234', EXPRESSION.random, EXPRESSION.phone);
	// Worlds begin at half past ten in China, and one of these ends soon after.
	maybe(0.05, 'allowedHours', () => ({
		hours: one({ from: '01:00', to: '02:00' }, { from: '08:00', to: '21:00' }, { from: '08:00', to: '10:31' }),
	}));
	return options;
}
