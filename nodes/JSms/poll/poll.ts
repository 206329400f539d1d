import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import { failureOfInput, failureOfOutcome, type Failure } from '../api/failure';
import { checkBaseUrl } from '../api/baseUrl';
import type { Outcome } from '../api/outcome';
import { sendRequest, type ClientSettings } from '../api/request';
import { asFailure } from '../execute/itemResult';
import { applicationOf, failureOfPull, pullFor } from '../execute/pull';
import { readPollingSettings, type PollingSettings } from '../fields/polling';
import { InputProblem } from '../fields/problem';
import { isRecord } from '../json';
import { toEventItem } from '../receipts/items';
import { FULL_PAGE } from '../receipts/pull';
import { backoffOf } from './backoff';

/** n8n polls once a minute at most; a poll has to be over before the next one, its last page included. */
const INTERVAL_MS = 60_000;

/** Contexts in which the keys were checked at activation. */
const checked = new WeakSet<object>();

/** Applications that a poll is reading for: a second one would only wait for the first, and then come too late. */
const underWay = new Set<string>();

/**
 * What the last poll of a node could not say, because it had records to give out. In this process only: n8n does not keep what
 * a failing poll notes down.
 */
const untold = new Map<string, Failure>();

/**
 * One poll: all records that the limits allow, as the items of one execution; null when there are none.
 *
 * The first call at activation only checks the keys, which consumes nothing. A failure after some records arrived is told
 * with the next poll, because the records would be lost with an error.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { settings, client, application } = await readSetup(context);
	if (isActivation(context)) {
		checked.add(context);
		await checkKeys(context, client);
		return null;
	}
	const place = `${context.getWorkflow().id}/${context.getNode().id}`;
	const earlier = untold.get(place);
	if (earlier) {
		untold.delete(place);
		throw failed(context, earlier);
	}
	if (underWay.has(application)) return null;
	underWay.add(application);
	try {
		return await readAll(context, settings, client, application, place);
	} finally {
		underWay.delete(application);
	}
}

async function readAll(
	context: IPollFunctions,
	settings: PollingSettings,
	client: ClientSettings,
	application: string,
	place: string,
): Promise<INodeExecutionData[][] | null> {
	const isManual = context.getMode() === 'manual';
	const latest = Date.now() + lastPageAfter(context, settings);
	const items: INodeExecutionData[] = [];
	let failure: Failure | undefined;
	for (const event of settings.events) {
		const limit = isManual ? FULL_PAGE : settings.maxRecords;
		const pulled = await pullFor(context, application, event, limit, latest, async (request) =>
			sendRequest(context, client, request, { effect: 'act', expects: 'list' }),
		);
		for (const record of pulled.records) items.push({ json: toEventItem(event, record) });
		if (!pulled.failure) continue;
		failure ??= failureOfPull(pulled.failure);
		// Callbacks are switched on by kind, so that one kind may be refused and the other not.
		if (failure.outcome !== 'refused' || backoffOf(failure).cause === 'credential-invalid') break;
	}
	if (failure && items.length === 0) throw failed(context, failure);
	if (isManual && items.length === 0) throw failed(context, failureOfInput(NOTHING_YET));
	if (failure) {
		if (!isManual) untold.set(place, failure);
		context.logger.warn(`${context.getNode().name}: ${items.length} records were read, then: ${failure.message}`);
	}
	return items.length > 0 ? [items] : null;
}

/** Milliseconds after which no further page is begun, so that the last one ends in time as well. */
function lastPageAfter(context: IPollFunctions, { timeout }: PollingSettings): number {
	const budget = Math.min(context.getPollBudgetMs?.() ?? INTERVAL_MS, INTERVAL_MS);
	return Math.max(0, budget - Math.min(timeout, budget / 4));
}

/** n8n would say in its own words that a filter found nothing. */
const NOTHING_YET = new InputProblem(
	'JSMS has no records to hand out right now',
	'Send an SMS and try again in a minute. Nothing comes while callbacks are switched on in the Jiguang console, or when something else has read the records.',
);

async function readSetup(
	context: IPollFunctions,
): Promise<{ settings: PollingSettings; client: ClientSettings; application: string }> {
	try {
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
	} catch (error) {
		throw failed(context, asFailure(error));
	}
}

/**
 * n8n polls once when a workflow is activated, to see whether it works, and mostly goes on with the same context. Where every
 * poll has a context of its own (the durable scheduler of n8n 2.x), its mode is `update`.
 */
function isActivation(context: IPollFunctions): boolean {
	if (context.getMode() === 'manual' || context.getActivationMode() === 'update') return false;
	return !checked.has(context);
}

/** Reads the balance: the only call that proves keys without consuming records. */
async function checkKeys(context: IPollFunctions, client: ClientSettings): Promise<void> {
	const outcome = await sendRequest(context, client, { method: 'GET', path: '/accounts/app' }, { effect: 'repeat' });
	if (!isUsable(outcome)) throw failed(context, failureOfOutcome(outcome));
}

/** An application without a quota of its own (50033) and one that is asked too often (50009) have the right keys. */
function isUsable(outcome: Outcome): outcome is Outcome & { class: 'accepted' } {
	return outcome.class === 'accepted' || (outcome.class === 'refused' && [50009, 50033].includes(outcome.code ?? 0));
}

/** The error that n8n shows, with what its scheduler needs to know when to try again. */
function failed(context: IPollFunctions, failure: Failure): Error {
	const hint =
		failure.outcome === 'refused'
			? `${failure.hint} JSMS also refuses pulling while callbacks are switched on in the Jiguang console.`
			: failure.hint;
	const error = toNodeError(context.getNode(), { ...failure, hint }, undefined);
	return Object.assign(error, { failure: backoffOf(failure) });
}
