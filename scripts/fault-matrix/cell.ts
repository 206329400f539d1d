'use strict';

const { errorOf, outputsOf, takeLogs } = require('../../test/support/engine');
const { JSMS, jsmsAt, keysOf } = require('../../test/support/jsms.ts');

/** Shorter than the slow faults of faults.js. */
const TIMEOUT_MS = 600;

/**
 * One cell: an operation under one fault and one setting of the node.
 *
 * @typedef {object} Cell
 * @property {number} sent rows or items that say so; for reads and checks the items with a result
 * @property {number} failed
 * @property {number} unknown
 * @property {boolean} thrown the workflow stopped; what the error tells of other items is counted
 * @property {number} accepted messages in the ledger of the service
 * @property {number} requests
 * @property {string[]} violations of the law of conservation
 */

/**
 * @param {import('../../sandbox').Sandbox} sandbox
 * @param {ReturnType<import('./operations').allOperations>[number]} operation
 * @param {Awaited<ReturnType<import('./faults').allFaults>>[number]} fault
 * @param {{ onError: string, retryOnFail: boolean }} settings
 * @returns {Promise<Cell>}
 */
async function runCell(sandbox, operation, fault, { onError, retryOnFail }) {
	sandbox.reset();
	const items = await prepareItems(sandbox, operation);
	const before = { ledger: sandbox.ledger.length, requests: sandbox.requests.length };
	if (fault.fault) sandbox.fault(fault.fault);
	const { options } = operation.parameters;
	const parameters = { ...operation.parameters, options: { ...options, ...(fault.slow && { timeout: TIMEOUT_MS }) } };
	const baseUrl = fault.baseUrl ?? sandbox.baseUrl;
	const run = await jsmsAt(sandbox.baseUrl).runNode(
		parameters,
		items,
		// Without a store: its writes take time, and what it protects against is proven elsewhere.
		{ onError, retryOnFail, maxTries: 2, run: { workflowId: '' } },
		keysOf(baseUrl),
	);
	takeLogs();
	// A delayed request is still accepted when its sender has long given up.
	if (fault.fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.fault.ms));
	const told = read(run, operation);
	sendSchedules(sandbox);
	const people = new Set(operation.items.map(({ mobile }) => mobile));
	const accepted = sandbox.ledger.slice(before.ledger).filter(({ mobile }) => people.has(mobile));
	return {
		...told.counts,
		thrown: told.thrown,
		accepted: accepted.length,
		requests: sandbox.requests.length - before.requests,
		violations: operation.sends ? violationsOf(told, accepted, items.length) : incomplete(told, items.length),
	};
}

/** Lets everything go out that is scheduled: what counts is who gets an SMS in the end. */
function sendSchedules(sandbox) {
	const last = Math.max(...sandbox.schedules.list().map(({ at }) => at));
	if (Number.isFinite(last)) sandbox.advance(Math.max(0, last - sandbox.now()));
}

/** What an item needs that only the service can give: a message to check a code of, a schedule to work on. */
async function prepareItems(sandbox, operation) {
	const uses = (field) => JSON.stringify(operation.parameters).includes(`$json.${field}`);
	if (uses('messageId')) {
		for (const { mobile } of operation.items) await ask(sandbox, '/codes', { mobile, temp_id: 1 });
		return sandbox.ledger.map(({ mobile, msg_id, code }) => ({ mobile, messageId: msg_id, code }));
	}
	if (!uses('scheduleId')) return operation.items;
	const content = { send_time: '2098-05-04 10:30:00', temp_id: 2002 };
	if (operation.kind === 'batch') {
		const { schedule_id: scheduleId } = await ask(sandbox, '/schedule/batch', { ...content, recipients: [STRANGER] });
		return operation.items.map((item) => ({ ...item, scheduleId }));
	}
	const items = [];
	for (const item of operation.items) {
		items.push({ ...item, scheduleId: (await ask(sandbox, '/schedule', { ...content, ...STRANGER })).schedule_id });
	}
	return items;
}

/** Somebody whom no item of the matrix names. */
const STRANGER = { mobile: '13800900001' };

async function ask(sandbox, path, body) {
	const { appKey, masterSecret } = keysOf(sandbox.baseUrl).jSmsApi;
	const response = await fetch(`${sandbox.baseUrl}${path}`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(`${appKey}:${masterSecret}`).toString('base64')}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify(body),
	});
	return await response.json();
}

function read(run, operation) {
	const error = errorOf(run);
	const said = outputsOf(run, JSMS)
		.flat()
		.map(({ json }) => ({ status: statusOf(json), mobile: json.mobile ?? json.details?.mobile }));
	if (error) {
		const { accepted = [], unknown = [] } = error.context ?? {};
		for (const { item } of accepted) said.push({ status: 'sent', mobile: operation.items[item].mobile });
		for (const item of unknown) said.push({ status: 'unknown', mobile: operation.items[item].mobile });
		const { itemIndex } = error.context ?? {};
		if (operation.kind !== 'batch' && itemIndex !== undefined) {
			const status = /is unknown/.test(error.message) ? 'unknown' : 'failed';
			said.push({ status, mobile: operation.items[itemIndex].mobile });
		}
	}
	const count = (status) => said.filter((one) => one.status === status).length;
	return {
		said,
		thrown: error !== undefined,
		counts: { sent: count('sent'), failed: count('failed'), unknown: count('unknown') },
	};
}

function statusOf({ status, details }) {
	if (typeof status === 'string' && ['sent', 'failed', 'unknown'].includes(status)) return status;
	if (details === undefined) return 'sent';
	return details.outcome === 'unknown' ? 'unknown' : 'failed';
}

/** Every number is another one, so each can be named. */
function violationsOf(told, accepted, asked) {
	const violations = incomplete(told, asked);
	const numbers = accepted.map(({ mobile }) => mobile);
	const of = (status) => told.said.filter((one) => one.status === status).map(({ mobile }) => mobile);
	const [sent, unknown] = [of('sent'), of('unknown')];
	for (const mobile of new Set(numbers)) {
		if (numbers.filter((one) => one === mobile).length > 1) violations.push(`${mobile} was sent to twice`);
		if (!sent.includes(mobile) && !unknown.includes(mobile))
			violations.push(`${mobile} was sent to, and nobody is told`);
	}
	for (const mobile of sent) if (!numbers.includes(mobile)) violations.push(`${mobile} is called sent and was not`);
	return violations;
}

function incomplete({ said, thrown }, asked) {
	return thrown || said.length === asked ? [] : [`${said.length} of ${asked} rows came out`];
}

module.exports = { runCell };
