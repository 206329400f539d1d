import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { checkActivation } from '../api/apiError';
import { readCallbackSettings, type CallbackSettings } from '../fields/callbacks';
import { InputProblem } from '../model/inputProblem';
import { isRecord } from '../model/json';
import type { SigningKeys } from '../receipts/signature';

/** What the trigger needs before it can judge a callback. */
export interface Setup {
	settings: CallbackSettings;
	keys: SigningKeys;
}

/**
 * Reads fields and credential of the trigger.
 * @throws InputProblem for a setting that cannot be right; what n8n throws when it has no credential or cannot evaluate
 */
export async function readSetup(context: IHookFunctions | IWebhookFunctions): Promise<Setup> {
	const options = context.getNodeParameter('options', {});
	const settings = readCallbackSettings(
		(name) => context.getNodeParameter(name, undefined),
		(name) => (isRecord(options) ? options[name] : undefined),
	);
	const { appKey, masterSecret } = await context.getCredentials('jSmsApi');
	if (typeof appKey !== 'string' || appKey === '' || typeof masterSecret !== 'string' || masterSecret === '') {
		throw new InputProblem(
			"The credential is incomplete: 'App Key' or 'Master Secret' is missing",
			'Fill in both in the JSms API credential: JSMS signs its callbacks with them.',
		);
	}
	return { settings, keys: { appKey, masterSecret } };
}

/**
 * Refuses to activate a workflow whose trigger could not take a callback.
 * @throws NodeOperationError with what to do
 */
export async function checkSetup(context: IHookFunctions): Promise<void> {
	await checkActivation(context.getNode(), async () => await readSetup(context));
}
