'use strict';

/** Calls what the editor calls while a user fills in a node: `methods.loadOptions`, `resourceMapping`, `listSearch`. */
const {
	core: { LoadOptionsContext },
} = require('./n8n');
const { createAdditionalData, createWorkflow } = require('./workflow');

async function callNodeMethod(
	{ name, type, nodeType, credentialTypes = [], credentials: usualCredentials = {} },
	{ group, method, parameters = {}, path = 'parameters', credentials = usualCredentials, args = [] },
) {
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
		workflowId: 'test-workflow',
	});
	const additionalData = createAdditionalData({
		workflow,
		mode: 'internal',
		executionId: undefined,
		credentialTypes,
		credentials,
		// The editor sends what the panel shows at the moment, saved or not.
		currentNodeParameters: parameters,
	});
	const context = new LoadOptionsContext(workflow, workflow.getNode(name), additionalData, path);
	const implementation = nodeType.methods?.[group]?.[method];
	if (!implementation) throw new Error(`${name} has no methods.${group}.${method}`);
	return await implementation.call(context, ...args);
}

module.exports = { callNodeMethod };
