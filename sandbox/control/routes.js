'use strict';

const { shownMessage, shownReply } = require('../inbox/shown');
const { cancel } = require('../routes/schedules');
const { callbackRoutes } = require('./callbacks');

/**
 * Control calls under /_sandbox: the state of the sandbox over HTTP. What they take and give is listed in README.md.
 * A TypeError becomes 400 with its sentence.
 */

/** @param {any} request @returns {any} the JSON body */
function jsonOf(request) {
	try {
		return JSON.parse(request.bodyText);
	} catch {
		throw new TypeError('The body of this call must be JSON.');
	}
}

/** @param {any} request @returns {Record<string, any>} */
function objectOf(request) {
	const body = jsonOf(request);
	if (typeof body !== 'object' || body === null || Array.isArray(body))
		throw new TypeError('The body of this call must be a JSON object.');
	return body;
}

/** @param {unknown} value @param {string} name @returns {number | undefined} */
function wholeNumber(value, name) {
	if (value === undefined) return undefined;
	if (!/^\d{1,15}$/.test(String(value))) throw new TypeError(`"${name}" must be a whole number.`);
	return Number(value);
}

/** @param {import('../stores').PerApplication<any>} stores */
const ownedRecords = (stores) => stores.entries().map(([appKey, record]) => ({ ...record, app_key: appKey }));

/** @param {Record<string, unknown>} record @param {Record<string, (value: any) => boolean>} checks */
function checkRecord(record, checks) {
	for (const [name, value] of Object.entries(record)) {
		if (!Object.hasOwn(checks, name))
			throw new TypeError(`There is no field "${name}" here. Known: ${Object.keys(checks).join(', ')}.`);
		if (!checks[name](value)) throw new TypeError(`The field "${name}" cannot be ${JSON.stringify(value)}.`);
	}
}

const isText = (/** @type {unknown} */ value) => typeof value === 'string';
const isFlag = (/** @type {unknown} */ value) => value === 0 || value === 1;
const isStatus = (/** @type {unknown} */ value) => value === 0 || value === 1 || value === 2;

const TEMPLATE_FIELDS = {
	temp_id: Number.isSafeInteger,
	template: isText,
	type: (/** @type {unknown} */ value) => value === 1 || value === 2 || value === 3,
	ttl: Number.isSafeInteger,
	remark: isText,
	status: isStatus,
};
const SIGNATURE_FIELDS = {
	sign_id: Number.isSafeInteger,
	sign: isText,
	status: isStatus,
	is_default: isFlag,
	use_status: isFlag,
};
const isQuota = (/** @type {any} */ value) =>
	value === null ||
	(typeof value === 'object' &&
		Object.entries(value).every(
			([name, units]) =>
				['balance', 'voice', 'industry', 'market'].includes(name) &&
				(units === null || (Number.isSafeInteger(units) && Number(units) >= 0)),
		));
const isBoolean = (/** @type {unknown} */ value) => typeof value === 'boolean';
const ACCOUNT_FIELDS = {
	ip_allowed: isBoolean,
	service_on: isBoolean,
	blacklisted: isBoolean,
	quota: isQuota,
};

/**
 * @param {import('fastify').FastifyInstance} app
 * @param {import('../state').State} state
 */
function controlRoutes(app, state) {
	const prefix = '/_sandbox';
	const done = { ok: true };

	app.post(`${prefix}/reset`, async () => {
		state.reset();
		return done;
	});
	app.post(`${prefix}/advance`, async (request) => {
		const ms = wholeNumber(objectOf(request).ms, 'ms');
		if (ms === undefined) throw new TypeError('Give the milliseconds as "ms".');
		state.advance(ms);
		return { now: state.now() };
	});

	app.get(`${prefix}/ledger`, async (/** @type {any} */ { query }, reply) => {
		reply.header('x-total-count', state.ledger.entries.length);
		const found = state.ledger.find({
			mobile: query.mobile,
			search: query.search,
			since: wholeNumber(query.since, 'since'),
			newest: wholeNumber(query.newest, 'newest'),
		});
		return query.shown ? found.map((entry) => shownMessage(state, entry)) : found;
	});
	app.get(`${prefix}/ledger/:seq`, async (/** @type {any} */ { params }) => {
		const message = state.ledger.entries[Number(wholeNumber(params.seq, 'seq')) - 1];
		if (!message) throw new TypeError(`There is no message ${params.seq}.`);
		return {
			message,
			report: state.receipts.reportOf(message) ?? null,
			callbacks: state.callbacks.aboutMessage(message.msg_id),
			request: state.requests.entries.find(({ number }) => number === message.request) ?? null,
		};
	});
	app.get(`${prefix}/clock`, async () => ({ now: state.now() }));
	app.get(`${prefix}/refusals`, async (_request, reply) => {
		reply.header('x-total-count', state.refusals.count);
		return state.refusals.entries;
	});
	app.get(`${prefix}/requests`, async (/** @type {any} */ { query }, reply) => {
		reply.header('x-total-count', state.requests.entries.length);
		const newest = wholeNumber(query.newest, 'newest');
		const found = query.search ? state.requests.find(query.search) : state.requests.entries;
		return newest === undefined ? found : found.slice(-newest);
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

	app.get(`${prefix}/schedules`, async () =>
		state.schedules.list().map(({ plan, recipients, ...schedule }) => ({
			...schedule,
			recipients: recipients.map(({ reservation, ...recipient }) => ({ ...recipient, text: reservation.text })),
		})),
	);
	app.delete(`${prefix}/schedules/:id`, async (/** @type {any} */ { params }) => {
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
	app.get(`${prefix}/replies`, async (/** @type {any} */ { query }) => {
		const { replies } = state.receipts;
		return query.shown ? replies.map((reply, place) => shownReply(state, reply, place)) : replies;
	});
	app.post(`${prefix}/replies`, async (request) => {
		const given = objectOf(request);
		checkRecord(given, { phone: isText, content: isText, app_key: isText });
		if (!given.phone || given.content === undefined) throw new TypeError('Give "phone" and "content".');
		state.reply(given.phone, given.content, given.app_key);
		return done;
	});
	for (const kind of /** @type {const} */ (['template', 'signature'])) {
		app.post(`${prefix}/${kind}s/:id/review`, async (/** @type {any} */ request) => {
			const given = objectOf(request);
			checkRecord(given, { status: (value) => value === 1 || value === 2, refuse_reason: isText, app_key: isText });
			if (given.status === undefined) throw new TypeError('Give the "status": 1 approved, 2 rejected.');
			const id = wholeNumber(request.params.id, 'id');
			return state.review(kind, Number(id), given.status, given.refuse_reason ?? null, given.app_key);
		});
	}

	callbackRoutes(app, state, { prefix, objectOf, checkRecord });

	app.get(`${prefix}/accounts`, async () => state.accounts.list());
	app.patch(`${prefix}/accounts`, async (request) => {
		const { key, ...changes } = objectOf(request);
		checkRecord(changes, ACCOUNT_FIELDS);
		return state.accounts.patch(key, changes);
	});

	app.get(`${prefix}/templates`, async () => ownedRecords(state.templates));
	app.put(`${prefix}/templates/:id`, async (/** @type {any} */ request) => {
		const { app_key: appKey, ...wanted } = objectOf(request);
		/** @type {any} */
		const given = {
			type: 2,
			status: 1,
			remark: '',
			...wanted,
			temp_id: wholeNumber(request.params.id, 'id'),
		};
		checkRecord(given, TEMPLATE_FIELDS);
		if (given.template === undefined) throw new TypeError('A template needs its text as "template".');
		return state.templates.of(appKey).put(given);
	});
	app.get(`${prefix}/signatures`, async () => ownedRecords(state.signatures));
	app.put(`${prefix}/signatures/:id`, async (/** @type {any} */ request) => {
		const { app_key: appKey, ...wanted } = objectOf(request);
		const signatures = state.signatures.of(appKey);
		/** @type {any} */
		const given = {
			status: 1,
			is_default: 0,
			use_status: 1,
			...wanted,
			sign_id: wholeNumber(request.params.id, 'id'),
		};
		checkRecord(given, SIGNATURE_FIELDS);
		if (given.sign === undefined) throw new TypeError('A signature needs its text as "sign".');
		if (given.is_default === 1) for (const signature of signatures.list()) signature.is_default = 0;
		return signatures.put(given);
	});
}

module.exports = { controlRoutes };
