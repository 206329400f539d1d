'use strict';

/**
 * Control calls about callbacks; README.md lists them.
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../state').State} state
 * @param {{ prefix: string, objectOf: (request: any) => Record<string, any>, checkRecord: (record: any, checks: any) => void }} tools
 */
function callbackRoutes(app, { callbacks }, { prefix, objectOf, checkRecord }) {
	const isText = (/** @type {unknown} */ value) => typeof value === 'string';

	app.get(`${prefix}/callbacks`, async () => callbacks.list());
	app.put(`${prefix}/callbacks`, async (request) => {
		const given = objectOf(request);
		checkRecord(given, {
			url: (/** @type {unknown} */ value) => value === null || isText(value),
			app_key: isText,
			kinds: Array.isArray,
		});
		if (given.url === undefined) throw new TypeError('Give the address as "url"; null takes it away.');
		await callbacks.set(given.url, { appKey: given.app_key, kinds: given.kinds });
		return callbacks.list();
	});
	app.post(`${prefix}/callbacks/test`, async (request) => {
		const given = objectOf(request);
		checkRecord(given, { kind: isText, app_key: isText });
		callbacks.test(given.kind, given.app_key);
		return { ok: true };
	});
	app.get(`${prefix}/callbacks/sent`, async (/** @type {any} */ { query }, reply) => {
		reply.header('x-total-count', callbacks.count);
		return query.msg_id ? callbacks.aboutMessage(query.msg_id) : callbacks.entries;
	});
}

module.exports = { callbackRoutes };
