'use strict';

const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const UTILS = 'dist/execution-engine/node-execution-context/utils';

/**
 * The request helper that nodes call, from any n8n-core, without a workflow around it.
 *
 * @param {string} folder holds node_modules/n8n-core
 */
function helperOf(folder) {
	const core = fs.realpathSync(path.join(folder, 'node_modules/n8n-core'));
	const coreRequire = createRequire(path.join(core, 'package.json'));
	coreRequire('reflect-metadata');
	quiet(coreRequire);
	// 2.x keeps each helper in a file of its own, 1.x all of them in one.
	const file = ['request-helpers/authentication.js', 'request-helper-functions.js']
		.map((name) => path.join(core, UTILS, name))
		.find((name) => fs.existsSync(name) && 'httpRequestWithAuthentication' in require(name));
	const { httpRequestWithAuthentication } = require(file);
	return {
		version: coreRequire('./package.json').version,
		/** @param {Record<string, any>} options @param {AbortSignal} signal @returns {Promise<any>} */
		request: async (options, signal) => {
			const node = {
				name: 'JSms',
				type: 'n8n-nodes-jsms.jSms',
				typeVersion: 1,
				id: '1',
				position: [0, 0],
				parameters: {},
			};
			const additionalData = {
				credentialsHelper: {
					getParentTypes: () => [],
					preAuthentication: async () => undefined,
					authenticate: async (_data, _type, request) => ({
						...request,
						auth: { username: 'exampleappkey', password: 'dummymastersecret' },
					}),
				},
			};
			const context = {
				getCredentials: async () => ({}),
				getNode: () => node,
				helpers: {},
				getExecutionCancelSignal: () => signal,
			};
			return await httpRequestWithAuthentication.call(context, 'jSmsApi', options, { id: '1' }, node, additionalData);
		},
	};
}

/** n8n-core logs failing requests; a recording should print its own lines only. */
function quiet(coreRequire) {
	const recorder = { scoped: () => recorder, error() {}, warn() {}, info() {}, debug() {}, verbose() {} };
	coreRequire('@n8n/di').Container.set(coreRequire('@n8n/backend-common').Logger, recorder);
	coreRequire('n8n-workflow').LoggerProxy.init(recorder);
}

module.exports = { helperOf };
