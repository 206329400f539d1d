import type { FastifyInstance } from 'fastify';
import type { State } from '../state';
import { isListOf, isText, objectOf, orNull, readRecord } from './read';

/** Control calls about callbacks; README.md lists them. */
export function callbackRoutes(app: FastifyInstance, { callbacks }: State, prefix: string) {
	app.get(`${prefix}/callbacks`, async () => callbacks.list());
	app.put(`${prefix}/callbacks`, async (request) => {
		const given = readRecord(objectOf(request), { url: orNull(isText), app_key: isText, kinds: isListOf(isText) });
		if (given.url === undefined) throw new TypeError('Give the address as "url"; null takes it away.');
		await callbacks.set(given.url, { appKey: given.app_key, kinds: given.kinds });
		return callbacks.list();
	});
	app.post(`${prefix}/callbacks/test`, async (request) => {
		const { kind, app_key: appKey } = readRecord(objectOf(request), { kind: isText, app_key: isText });
		if (kind === undefined) throw new TypeError('Give the "kind".');
		callbacks.test(kind, appKey);
		return { ok: true };
	});
	app.get<{ Querystring: { msg_id?: string } }>(`${prefix}/callbacks/sent`, async ({ query }, reply) => {
		reply.header('x-total-count', callbacks.log.count);
		return query.msg_id ? callbacks.log.aboutMessage(query.msg_id) : callbacks.entries;
	});
}
