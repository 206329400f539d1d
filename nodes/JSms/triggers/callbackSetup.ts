import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { checkActivation } from '../api/apiError';
import { readCallbackSettings, type CallbackSettings } from '../fields/callbacks';
import { InputProblem } from '../model/inputProblem';
import { isRecord } from '../model/json';
import type { CallbackKeys } from '../receipts/authenticity';

/** What the trigger needs before it can check a callback. */
export interface CallbackSetup {
	settings: CallbackSettings;
	keys: CallbackKeys;
	/** The keys were read a moment ago, for another callback: since then somebody may have changed them. */
	isCached: boolean;
}

/**
 * How long keys may be used again, in milliseconds: JSMS sends callbacks in bursts, and reading a credential costs n8n more than
 * everything that this node does with a callback.
 */
const CACHE_MS = 5_000;

/** Keys by the ID of their credential. */
const cache = new Map<string, { keys: CallbackKeys; until: number }>();

/**
 * Reads fields and credential of the trigger.
 * @param mayBeCached the keys may be those that were read up to five seconds ago
 * @throws InputProblem for a setting that cannot be right; what n8n throws when it has no credential or cannot evaluate
 */
export async function readCallbackSetup(
	context: IHookFunctions | IWebhookFunctions,
	mayBeCached = false,
): Promise<CallbackSetup> {
	const options = context.getNodeParameter('options', {});
	const settings = readCallbackSettings(
		(name) => context.getNodeParameter(name, undefined),
		(name) => (isRecord(options) ? options[name] : undefined),
	);
	const id = context.getNode().credentials?.jSmsApi?.id ?? undefined;
	const cached = id === undefined ? undefined : cache.get(id);
	if (mayBeCached && cached && performance.now() < cached.until) {
		return { settings, keys: cached.keys, isCached: true };
	}
	if (id !== undefined) cache.delete(id);
	const keys = await readKeys(context);
	if (id !== undefined) cache.set(id, { keys, until: performance.now() + CACHE_MS });
	return { settings, keys, isCached: false };
}

async function readKeys(context: IHookFunctions | IWebhookFunctions): Promise<CallbackKeys> {
	const { appKey, masterSecret } = await context.getCredentials('jSmsApi');
	if (typeof appKey !== 'string' || appKey === '' || typeof masterSecret !== 'string' || masterSecret === '') {
		throw new InputProblem(
			"The credential is incomplete: 'App Key' or 'Master Secret' is missing",
			'Fill in both in the JSms API credential: JSMS signs its callbacks with them.',
		);
	}
	return { appKey, masterSecret };
}

/**
 * Refuses to activate a workflow whose trigger could not take a callback.
 * @throws NodeOperationError with what to do
 */
export async function checkCallbackSetup(context: IHookFunctions): Promise<void> {
	await checkActivation(context.getNode(), async () => await readCallbackSetup(context));
}
