'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { extname, join } = require('node:path');
const { InboxEvents } = require('./events');

const PAGE = join(__dirname, 'page');
const TYPES = /** @type {Record<string, string>} */ ({
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
});

/**
 * The inbox page and its live updates.
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../state').State} state
 * @param {AbortSignal} closing
 */
function inboxRoutes(app, state, closing) {
	for (const file of readdirSync(PAGE)) {
		app.get(file === 'index.html' ? '/' : `/inbox/${file}`, (_request, reply) =>
			reply
				.header('content-type', TYPES[extname(file)])
				.header('cache-control', 'no-store')
				// Texts come from whoever sends; nothing in them may run even if escaping failed.
				.header(
					'content-security-policy',
					"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:",
				)
				.send(readFileSync(join(PAGE, file))),
		);
	}
	const events = new InboxEvents(state, closing);
	app.get('/_sandbox/events', (_request, reply) => {
		reply.hijack();
		events.join(reply.raw);
	});
}

module.exports = { inboxRoutes };
