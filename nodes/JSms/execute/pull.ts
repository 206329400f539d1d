import { sleep, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toErrorItem, toNodeError } from '../api/apiError';
import { failureOfOutcome, type Failure } from '../model/failure';
import type { Outcome } from '../model/outcome';
import { isCancelled, type HttpContext } from '../api/request';
import { readPullLimit } from '../fields/pull';
import { fingerprint } from '../memory/digest';
import type { ApiRequest } from '../model/request';
import type { PullOperation } from '../model/operation';
import { toReceipt } from '../receipts/items';
import { beginTurn, endTurn, waitFor } from '../receipts/pace';
import { MAX_RECORDS, MAYBE_LOST, NOT_LOST, PULL_PATHS, pullPages, type Pulled } from '../receipts/pull';
import { type PulledEvent } from '../model/receipt';
import { asFailure } from './itemResult';
import { openSession } from './session';

/**
 * Pulls records for all input items together. Whatever arrived comes out, also when a later page fails: the service would
 * not hand it out again.
 */
export async function runPull(context: IExecuteFunctions, operation: PullOperation): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	let pulled: Pulled;
	try {
		const session = await openSession(context, operation);
		const limit = readPullLimit(session.input(0).read);
		const application = await applicationOf(context);
		pulled = await pullFor(context, application, operation.event, limit, Infinity, async (request) =>
			session.send(request, { effect: 'once', expects: 'list' }),
		);
	} catch (error) {
		return fail(context, asFailure(error));
	}
	const { records, stoppedBy, more } = pulled;
	if (stoppedBy && records.length === 0) return fail(context, failureOfPull(stoppedBy));
	if (stoppedBy) {
		const { message, hint } = failureOfPull(stoppedBy);
		warn(context, `${records.length} records were read, then reading ended early: ${message}. ${hint}`);
	} else if (more && records.length >= MAX_RECORDS) {
		warn(
			context,
			`${records.length} records were read, the most that one run reads. JSMS may have more, which it keeps for three days: run the node again.`,
		);
	}
	return [records.map((record) => ({ json: toReceipt(operation.event, record), pairedItem: { item: 0 } }))];
}

function warn(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints?.({ message, type: 'warning', location: 'outputPane' });
}

/**
 * Pulls pages at the pace of the service.
 * @param application tells applications apart
 * @param latest when no further page is begun any more, by `performance.now()`; Infinity where there is no hurry
 * @param send sends one request; never throws, never repeats what may have been handed out
 */
export async function pullFor(
	context: HttpContext,
	application: string,
	event: PulledEvent,
	limit: number,
	latest: number,
	send: (request: ApiRequest) => Promise<Outcome>,
): Promise<Pulled> {
	const get = async () => {
		try {
			return await send({ method: 'GET', path: PULL_PATHS[event] });
		} finally {
			endTurn(application, performance.now());
		}
	};
	const turn = async () => {
		for (let wait = waitFor(application, performance.now()); wait > 0; wait = waitFor(application, performance.now())) {
			if (performance.now() + wait > latest) return false;
			// Short slices, so that a cancelled execution does not sit the pause out.
			await sleep(Math.min(wait, 200));
			if (isCancelled(context)) return false;
		}
		if (isCancelled(context) || performance.now() > latest) return false;
		beginTurn(application);
		return true;
	};
	return await pullPages(get, turn, limit);
}

/** A name for the application of a credential that does not show its keys. */
export async function applicationOf(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
	itemIndex?: number,
): Promise<string> {
	const { appKey, baseUrl } = await context.getCredentials<IDataObject>('jSmsApi', itemIndex);
	return fingerprint([String(appKey), String(baseUrl)]);
}

/** Why a pull failed; where the request may have arrived, its records may be lost. */
export function failureOfPull(outcome: Exclude<Outcome, { class: 'accepted' }>): Failure {
	const failure = failureOfOutcome(outcome);
	if (outcome.class === 'unknown') return { ...failure, hint: MAYBE_LOST };
	if (outcome.class === 'notAttempted') return { ...failure, message: outcome.message, hint: NOT_LOST };
	return failure;
}

function fail(context: IExecuteFunctions, failure: Failure): INodeExecutionData[][] {
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), failure, undefined);
	return [[toErrorItem(context.getNode(), failure, 0)]];
}
