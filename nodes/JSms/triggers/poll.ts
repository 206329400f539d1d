import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { mayRefuse, refusalText } from '../model/activation';
import { toNodeError } from '../api/apiError';
import { failureOfInput, failureOfOutcome, type Failure } from '../model/failure';
import { checkBaseUrl } from '../api/baseUrl';
import type { Outcome } from '../model/outcome';
import { sendRequest, type ClientSettings } from '../api/request';
import { applicationOf, failureOfPull, pullFor } from '../execute/pull';
import { readPollingSettings, type PollingSettings } from '../fields/polling';
import { asInputProblem, InputProblem } from '../model/inputProblem';
import { isRecord } from '../model/json';
import { toEventItem } from '../receipts/items';
import { FULL_PAGE } from '../receipts/pull';
import { backoffOf } from './backoff';

/** n8n polls once a minute at most; a poll has to be over before the next one, its last page included. */
const INTERVAL_MS = 60_000;

/** Contexts that have polled before, or were activated. */
const polledContexts = new WeakSet<object>();

/** Applications that a poll is reading for: a second one would only wait for the first, and then come too late. */
const applicationsBeingRead = new Set<string>();

/**
 * What the last poll of a node could not say, because it had records to give out. In this process only: n8n does not keep what
 * a failing poll notes down.
 */
const unreportedFailures = new Map<string, Failure>();

/** What ends a poll, before n8n gets it as an error of the node. */
class PollError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
	}
}

/**
 * One poll: all records that the limits allow, as the items of one execution; null when there are none.
 *
 * The first call at activation reads no records. It checks the keys where a person publishes the workflow, and does nothing
 * where n8n activates it by itself. A failure after some records arrived is told with the next poll, because the records
 * would be lost with an error.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isFirst = context.getMode() !== 'manual' && !polledContexts.has(context);
	polledContexts.add(context);
	try {
		if (isFirst && isActivation(context)) {
			if (mayRefuse(context.getActivationMode())) await checkKeys(context);
			return null;
		}
		return await pollNow(context);
	} catch (error) {
		throw toPollError(context, failureOf(error), isFirst);
	}
}

/**
 * n8n polls once when a workflow is activated, to see whether it works, and mostly goes on with the same context. Where every
 * poll has a context of its own (the durable scheduler of n8n 2.x), its mode is `update`, as when a published workflow is
 * published anew: then the first poll reads records like any other.
 */
function isActivation(context: IPollFunctions): boolean {
	return context.getActivationMode() !== 'update';
}

async function pollNow(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { settings, client, application } = await readPollSetup(context);
	const nodeKey = `${context.getWorkflow().id}/${context.getNode().id}`;
	const earlier = unreportedFailures.get(nodeKey);
	if (earlier) {
		unreportedFailures.delete(nodeKey);
		throw new PollError(earlier);
	}
	if (applicationsBeingRead.has(application)) return null;
	applicationsBeingRead.add(application);
	try {
		return await readAll(context, settings, client, application, nodeKey);
	} finally {
		applicationsBeingRead.delete(application);
	}
}

async function readAll(
	context: IPollFunctions,
	settings: PollingSettings,
	client: ClientSettings,
	application: string,
	nodeKey: string,
): Promise<INodeExecutionData[][] | null> {
	const isManual = context.getMode() === 'manual';
	const latest = performance.now() + lastPageAfter(context, settings);
	const items: INodeExecutionData[] = [];
	let failure: Failure | undefined;
	for (const event of settings.events) {
		const limit = isManual ? FULL_PAGE : settings.maxRecords;
		const pulled = await pullFor(context, application, event, limit, latest, async (request) =>
			sendRequest(context, client, request, { effect: 'once', expects: 'list' }),
		);
		for (const record of pulled.records) items.push({ json: toEventItem(event, record) });
		if (!pulled.stoppedBy) continue;
		failure ??= withCallbacksAsCause(failureOfPull(pulled.stoppedBy));
		// Callbacks are switched on by kind, so that one kind may be refused and the other not.
		if (failure.outcome !== 'refused' || backoffOf(failure).cause === 'credential-invalid') break;
	}
	if (failure && items.length === 0) throw new PollError(failure);
	if (isManual && items.length === 0) throw new PollError(failureOfInput(NOTHING_YET));
	if (failure) {
		if (!isManual) unreportedFailures.set(nodeKey, failure);
		context.logger.warn(`${context.getNode().name}: ${items.length} records were read, then: ${failure.message}`);
	}
	return items.length > 0 ? [items] : null;
}

/** Refusals that say what is wrong: keys, service not activated, frequency, IP address, blocked application. */
const OTHER_CAUSES: ReadonlyArray<number | undefined> = [50001, 50002, 50008, 50009, 50035, 50036];

function withCallbacksAsCause(failure: Failure): Failure {
	if (failure.outcome !== 'refused' || OTHER_CAUSES.includes(failure.code)) return failure;
	const cause =
		'If callbacks are switched on in the Jiguang console, switch them off: JSMS may refuse polling while they are on.';
	return { ...failure, hint: `${failure.hint} ${cause}` };
}

/** Milliseconds after which no further page is begun, so that the last one ends in time as well. */
function lastPageAfter(context: IPollFunctions, { timeout }: PollingSettings): number {
	const budget = Math.min(context.getPollBudgetMs?.() ?? INTERVAL_MS, INTERVAL_MS);
	return Math.max(0, budget - Math.min(timeout, budget / 4));
}

/** n8n would say in its own words that a filter found nothing. */
const NOTHING_YET = new InputProblem(
	'No new reports or replies yet',
	'Send an SMS and retry in a minute. No records arrive while callbacks are on in the Jiguang console, or when something else has read the records.',
);

async function readPollSetup(
	context: IPollFunctions,
): Promise<{ settings: PollingSettings; client: ClientSettings; application: string }> {
	const options: unknown = context.getNodeParameter('options', {});
	const settings = readPollingSettings(
		(name) => context.getNodeParameter(name, undefined),
		(name) => (isRecord(options) ? options[name] : undefined),
	);
	const { baseUrl } = await context.getCredentials('jSmsApi');
	const result = checkBaseUrl(baseUrl);
	if ('problem' in result) {
		throw new InputProblem(result.problem, "Set 'Base URL' to the https address of JSMS.");
	}
	const client = { credential: 'jSmsApi', baseUrl: result.baseUrl, timeout: settings.timeout };
	return { settings, client, application: await applicationOf(context) };
}

/** Reads the balance: the only call that proves keys without consuming records. */
async function checkKeys(context: IPollFunctions): Promise<void> {
	const { client } = await readPollSetup(context);
	const outcome = await sendRequest(
		context,
		client,
		{ method: 'GET', path: '/accounts/app' },
		{ effect: 'idempotent' },
	);
	if (isUsable(outcome)) return;
	const failure = failureOfOutcome(outcome);
	throw new PollError(
		outcome.class === 'refused' ? failure : { ...failure, message: outcome.message, hint: PUBLISH_LATER },
	);
}

/** What the other hints say about messages that were or were not sent does not concern a trigger. */
const PUBLISH_LATER =
	"Publish the workflow again in a few minutes. If that does not help, check 'Base URL' in the credential and the network between n8n and JSMS.";

/** An application without a quota of its own (50033) and one that is asked too often (50009) have the right keys. */
function isUsable(outcome: Outcome): outcome is Outcome & { class: 'accepted' } {
	return outcome.class === 'accepted' || (outcome.class === 'refused' && [50009, 50033].includes(outcome.code ?? 0));
}

function failureOf(error: unknown): Failure {
	if (error instanceof PollError) return error.failure;
	return failureOfInput(asInputProblem(error, 'Check the credential and the fields of this node.'));
}

/**
 * The error that n8n shows, with what its scheduler needs to know when to try again.
 * @param isFirst the poll may belong to an activation, of which n8n shows only the message
 */
function toPollError(context: IPollFunctions, failure: Failure, isFirst: boolean): Error {
	const shown = isFirst ? { ...failure, message: refusalText(failure.message, failure.hint), hint: '' } : failure;
	return Object.assign(toNodeError(context.getNode(), shown, undefined), { failure: backoffOf(failure) });
}
