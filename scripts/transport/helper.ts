import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';

const UTILS = 'dist/execution-engine/node-execution-context/utils';

export interface Helper {
	/** Of n8n-core */
	version: string;
	request: (options: IHttpRequestOptions, signal: AbortSignal) => Promise<Response>;
}

/** As n8n hands it to a node that asks for a stream. */
interface Response {
	statusCode: number;
	body: Readable;
}

/** As n8n-core exports it. */
interface RequestHelpers {
	httpRequestWithAuthentication: (
		this: object,
		credential: string,
		options: IHttpRequestOptions,
		...context: object[]
	) => Promise<Response>;
}

/**
 * The request helper that nodes call, from any n8n-core, without a workflow around it.
 *
 * @param folder holds node_modules/n8n-core
 * @throws where that n8n-core has no such helper
 */
export function helperOf(folder: string): Helper {
	const core = fs.realpathSync(path.join(folder, 'node_modules/n8n-core'));
	const coreRequire = createRequire(path.join(core, 'package.json'));
	coreRequire('reflect-metadata');
	quiet(coreRequire);
	// 2.x keeps each helper in a file of its own, 1.x all of them in one.
	const file = ['request-helpers/authentication.js', 'request-helper-functions.js']
		.map((name) => path.join(core, UTILS, name))
		.find((name) => fs.existsSync(name) && 'httpRequestWithAuthentication' in require(name));
	if (!file) throw new Error(`${core} has no request helper where it is expected`);
	const { httpRequestWithAuthentication } = require(file) as RequestHelpers;
	return {
		version: (coreRequire('./package.json') as { version: string }).version,
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
					authenticate: async (_data: object, _type: string, request: object) => ({
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
function quiet(coreRequire: NodeJS.Require) {
	const recorder = { scoped: () => recorder, error() {}, warn() {}, info() {}, debug() {}, verbose() {} };
	const { Container } = coreRequire('@n8n/di') as { Container: { set(id: unknown, value: object): void } };
	const { Logger } = coreRequire('@n8n/backend-common') as { Logger: unknown };
	Container.set(Logger, recorder);
	(coreRequire('n8n-workflow') as typeof import('n8n-workflow')).LoggerProxy.init(recorder);
}
