'use strict';

/** Polls a trigger in n8n-core's PollContext. Types and the meaning of every option: poller.d.ts beside this file. */
const {
	core: { PollContext },
} = require('./n8n');
const { createAdditionalData, createWorkflow } = require('./workflow');

function createPoller({
	name,
	type,
	nodeType,
	credentialTypes = [],
	credentials = {},
	parameters = {},
	mode = 'trigger',
	activation,
	budgetMs,
}) {
	const declared = (nodeType.description.credentials ?? []).filter((entry) => Object.hasOwn(credentials, entry.name));
	const workflow = createWorkflow({
		nodes: [
			{
				name,
				type,
				parameters,
				credentials: Object.fromEntries(declared.map((entry) => [entry.name, { id: '1', name: entry.name }])),
			},
		],
		connections: {},
		types: { [type]: nodeType },
		active: true,
	});
	const additionalData = createAdditionalData({ workflow, mode, executionId: undefined, credentialTypes, credentials });
	const context = new PollContext(workflow, workflow.getNode(name), additionalData, mode, activation ?? 'init');
	// n8n 1.x has no such method.
	context.getPollBudgetMs = budgetMs === undefined ? undefined : () => budgetMs;
	let isActive = activation !== undefined || mode === 'manual';
	return async () => {
		if (!isActive) await nodeType.poll.call(context);
		isActive = true;
		return (await nodeType.poll.call(context))?.[0].map(({ json }) => json) ?? null;
	};
}

module.exports = { createPoller };
