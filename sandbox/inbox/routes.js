'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { InboxEvents } = require('./events');

/** Path → file of the inbox page. */
const FILES = Object.freeze({
	'/': ['page.html', 'text/html; charset=utf-8'],
	'/inbox.css': ['page.css', 'text/css; charset=utf-8'],
	'/inbox.js': ['page.js', 'text/javascript; charset=utf-8'],
});

/**
 * The inbox page and its live updates.
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../state').State} state
 * @param {AbortSignal} closing
 */
function inboxRoutes(app, state, closing) {
	for (const [path, [file, contentType]] of Object.entries(FILES)) {
		app.get(path, (_request, reply) =>
			reply
				.header('content-type', contentType)
				.header('cache-control', 'no-store')
				// Texts come from whoever sends; nothing in them may run even if escaping failed.
				.header(
					'content-security-policy',
					"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:",
				)
				.send(readFileSync(join(__dirname, file))),
		);
	}
	const events = new InboxEvents(state, closing);
	app.get('/_sandbox/events', (_request, reply) => {
		reply.hijack();
		events.join(reply.raw);
	});
}

module.exports = { inboxRoutes };
