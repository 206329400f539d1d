import type { FastifyInstance } from 'fastify';
import { shownMessage, shownReply, shownSchedule, wholeMessage } from '../inbox/shown';
import { isObject } from '../json';
import { cancel } from '../routes/schedules';
import type { Balances } from '../seed';
import type { State } from '../state';
import type { PerApplication } from '../stores';
import { callbackRoutes } from './callbacks';
import { isBoolean, isOneOf, isText, isWhole, jsonOf, objectOf, optionalWhole, readRecord, wholeNumber } from './read';

/** Control calls under /_sandbox: the state of the sandbox over HTTP. What they take and give is listed in README.md. */

const isFlag = isOneOf(0, 1);
const isStatus = isOneOf(0, 1, 2);

const TEMPLATE_FIELDS = {
	app_key: isText,
	temp_id: isWhole,
	template: isText,
	type: isOneOf(1, 2, 3),
	ttl: isWhole,
	remark: isText,
	status: isStatus,
};
const SIGNATURE_FIELDS = {
	app_key: isText,
	sign_id: isWhole,
	sign: isText,
	status: isStatus,
	is_default: isFlag,
	use_status: isFlag,
};
const REVIEW_FIELDS = { status: isOneOf(1, 2), refuse_reason: isText, app_key: isText };

const isBalances = (value: unknown): value is Partial<Balances> =>
	isObject(value) &&
	Object.entries(value).every(
		([name, units]) =>
			['balance', 'voice', 'industry', 'market'].includes(name) && (units === null || (isWhole(units) && units >= 0)),
	);
const isQuota = (value: unknown): value is Partial<Balances> | null => value === null || isBalances(value);
const ACCOUNT_FIELDS = { ip_allowed: isBoolean, service_on: isBoolean, blacklisted: isBoolean, quota: isQuota };

const withOwner = <T extends { written?: boolean }>(stores: PerApplication<T>) =>
	stores.entries().map(([appKey, record]) => ({ ...record, app_key: appKey }));

interface Query {
	mobile?: string;
	search?: string;
	since?: string;
	newest?: string;
	/** as the inbox shows it */
	shown?: string;
}

interface WithId {
	Params: { id: string };
}

export function controlRoutes(app: FastifyInstance, state: State) {
	const prefix = '/_sandbox';
	const done = { ok: true };

	app.post(`${prefix}/reset`, async () => {
		state.reset();
		return done;
	});
	app.post(`${prefix}/advance`, async (request) => {
		state.advance(wholeNumber(objectOf(request).ms, 'ms'));
		return { now: state.now() };
	});

	app.get<{ Querystring: Query }>(`${prefix}/ledger`, async ({ query }, reply) => {
		reply.header('x-total-count', state.ledger.entries.length);
		const { mobile, search } = query;
		const found = state.ledger.find({
			mobile,
			search,
			since: optionalWhole(query.since, 'since'),
			newest: optionalWhole(query.newest, 'newest'),
		});
		return query.shown ? found.map((entry) => shownMessage(state, entry)) : found;
	});
	app.get<{ Params: { seq: string } }>(`${prefix}/ledger/:seq`, async ({ params }) => {
		const message = state.ledger.entries[wholeNumber(params.seq, 'seq') - 1];
		if (!message) throw new TypeError(`There is no message ${params.seq}.`);
		return wholeMessage(state, message);
	});
	app.get(`${prefix}/clock`, async () => ({ now: state.now() }));
	app.get(`${prefix}/refusals`, async (_request, reply) => {
		reply.header('x-total-count', state.refusals.count);
		return state.refusals.entries;
	});
	app.get<{ Querystring: Query }>(`${prefix}/requests`, async ({ query }, reply) => {
		reply.header('x-total-count', state.requests.entries.length);
		const found = query.search ? state.requests.find(query.search) : state.requests.entries;
		const most = optionalWhole(query.newest, 'newest');
		return most === undefined ? found : found.slice(-most);
	});

	app.get(`${prefix}/faults`, async () => state.faults.waiting);
	app.post(`${prefix}/faults`, async (request) => {
		state.faults.add(jsonOf(request));
		return state.faults.waiting;
	});
	app.delete(`${prefix}/faults`, async () => {
		state.faults.reset();
		return done;
	});

	app.get(`${prefix}/settings`, async () => state.settings);
	app.patch(`${prefix}/settings`, async (request) => {
		state.switches.set(objectOf(request));
		return state.settings;
	});

	app.get(`${prefix}/schedules`, async () => state.schedules.list().map(shownSchedule));
	app.delete<WithId>(`${prefix}/schedules/:id`, async ({ params }) => {
		const schedule = state.schedules.get(params.id);
		if (schedule?.status !== 'waiting') throw new TypeError(`No schedule with the ID "${params.id}" waits.`);
		cancel(state, schedule);
		return done;
	});

	app.get(`${prefix}/reports`, async () =>
		state.ledger.entries.flatMap((entry) => {
			const report = state.receipts.reportOf(entry);
			return report ? [{ app_key: entry.app_key, ...report }] : [];
		}),
	);
	app.get<{ Querystring: Query }>(`${prefix}/replies`, async ({ query }) => {
		const { replies } = state.receipts;
		return query.shown ? replies.map((reply, place) => shownReply(state, reply, place)) : replies;
	});
	app.post(`${prefix}/replies`, async (request) => {
		const given = readRecord(objectOf(request), { phone: isText, content: isText, app_key: isText });
		if (!given.phone || given.content === undefined) throw new TypeError('Give "phone" and "content".');
		state.reply(given.phone, given.content, given.app_key);
		return done;
	});
	for (const kind of ['template', 'signature'] as const) {
		app.post<WithId>(`${prefix}/${kind}s/:id/review`, async (request) => {
			const given = readRecord(objectOf(request), REVIEW_FIELDS);
			if (given.status === undefined) throw new TypeError('Give the "status": 1 approved, 2 rejected.');
			const id = wholeNumber(request.params.id, 'id');
			return state.review(kind, id, given.status, given.refuse_reason ?? null, given.app_key);
		});
	}

	callbackRoutes(app, state, prefix);

	app.get(`${prefix}/accounts`, async () => state.accounts.list());
	app.patch(`${prefix}/accounts`, async (request) => {
		const { key, ...changes } = objectOf(request);
		return state.accounts.patch(String(key), readRecord(changes, ACCOUNT_FIELDS));
	});

	app.get(`${prefix}/templates`, async () => withOwner(state.templates));
	app.put<WithId>(`${prefix}/templates/:id`, async (request) => {
		const { app_key: appKey, template, ...more } = readRecord(objectOf(request), TEMPLATE_FIELDS);
		if (template === undefined) throw new TypeError('A template needs its text as "template".');
		const id = wholeNumber(request.params.id, 'id');
		return state.templates.of(appKey).put({ type: 2, status: 1, remark: '', ...more, temp_id: id, template });
	});
	app.get(`${prefix}/signatures`, async () => withOwner(state.signatures));
	app.put<WithId>(`${prefix}/signatures/:id`, async (request) => {
		const { app_key: appKey, sign, ...more } = readRecord(objectOf(request), SIGNATURE_FIELDS);
		const signatures = state.signatures.of(appKey);
		if (sign === undefined) throw new TypeError('A signature needs its text as "sign".');
		if (more.is_default === 1) for (const signature of signatures.list()) signature.is_default = 0;
		const id = wholeNumber(request.params.id, 'id');
		return signatures.put({ status: 1, is_default: 0, use_status: 1, ...more, sign_id: id, sign });
	});
}
