import { fastify, type FastifyReply } from 'fastify';
import { Service } from './serve';
import { envelope } from './codes';
import { routes } from './routes';
import { controlRoutes } from './control/routes';
import { inboxRoutes } from './inbox/routes';
import type { State } from './state';

export const PREFIX = '/v1';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;

const isServicePath = (url: string) => url === PREFIX || url.startsWith(`${PREFIX}/`) || url.startsWith(`${PREFIX}?`);

/** Builds the HTTP server of a sandbox; it does not listen yet. */
export function createServer(state: State, closing: AbortSignal) {
	const app = fastify({
		bodyLimit: 1 << 30,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 5000 },
		// A path that cannot be decoded never reaches a route.
		frameworkErrors: (_error, _request, reply: FastifyReply) => void reply.code(404).send(envelope(50016)),
	});
	const service = new Service(state, closing);

	// Bodies arrive as raw bytes whatever Content-Type says: which types the service takes is decided in serve.ts, not
	// by the server library. That is why the header is put away before the library looks at it.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.decorateRequest('record', null);
	app.decorateRequest('bodyText', '');
	app.addHook('onRequest', async (request) => {
		if (isServicePath(request.url)) {
			request.record = state.requests.begin({ method: request.method, url: request.url, headers: request.headers });
		}
		delete request.raw.headers['content-type'];
	});
	app.addHook('preHandler', async (request) => {
		request.bodyText = Buffer.isBuffer(request.body) ? request.body.toString().replace(/^\uFEFF/, '') : '';
		if (request.record && state.settings.recordBodies) request.record.body = request.bodyText;
	});

	for (const [path, methods] of Object.entries(routes)) {
		const url = path === '/' ? PREFIX : PREFIX + path;
		for (const method of METHODS) {
			app.route({
				method,
				url,
				handler: (request, reply) => service.respond(request, reply, methods[method] ?? 50018),
			});
		}
	}
	controlRoutes(app, state);
	inboxRoutes(app, state, closing);

	app.setNotFoundHandler((request, reply) =>
		request.record
			? service.respond(request, reply, 50016)
			: reply.code(404).send({
					error: `The sandbox has nothing at ${request.method} ${request.url}. Its control calls are listed in sandbox/README.md.`,
				}),
	);
	app.setErrorHandler((error, request, reply) => {
		if (error instanceof TypeError && !request.record) return reply.code(400).send({ error: error.message });
		// A mistake in the sandbox must not look like an imitated fault: the record and the console say so.
		if (request.record) {
			request.record.trouble = error instanceof Error ? String(error.stack) : String(error);
			request.record.status = 500;
		}
		console.error(error);
		return reply.code(500).send(envelope(50019));
	});
	return app;
}
