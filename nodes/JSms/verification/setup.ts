import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { checkActivation } from '../api/apiError';
import { checkBaseUrl } from '../api/baseUrl';
import type { ClientSettings } from '../api/request';
import { InputProblem, type Read } from '../model/inputProblem';
import { readVerificationSettings, type VerificationSettings } from '../fields/verificationSettings';
import { isRecord } from '../model/json';
import { deriveKey } from './token';

/** What the trigger needs before it can serve anybody. */
export interface VerificationSetup {
	settings: VerificationSettings;
	client: ClientSettings;
	/** For the tokens of this node. */
	key: Buffer;
	/** Workflow and node. */
	nodeKey: string;
}

/** Milliseconds per request to JSMS: a visitor is waiting. */
const TIMEOUT = 15_000;

/**
 * Reads fields and credential of the trigger.
 * @throws InputProblem for a setting that cannot be right; what n8n throws when it has no credential or cannot evaluate
 */
export async function readVerificationSetup(context: IWebhookFunctions): Promise<VerificationSetup> {
	const options: unknown = context.getNodeParameter('options', {});
	const settings = readVerificationSettings(
		// n8n throws for a hidden field where no other value is given for it.
		(name) => context.getNodeParameter(name, ''),
		(name) => (isRecord(options) ? options[name] : undefined),
	);
	return { settings, ...(await readCredential(context)) };
}

async function readCredential(
	context: IHookFunctions | IWebhookFunctions,
): Promise<Omit<VerificationSetup, 'settings'>> {
	const { masterSecret, baseUrl } = await context.getCredentials('jSmsApi');
	if (typeof masterSecret !== 'string' || masterSecret === '') {
		throw new InputProblem(
			"The credential has no 'Master Secret'",
			'Fill in App Key and Master Secret in the JSms API credential.',
		);
	}
	const result = checkBaseUrl(baseUrl);
	if ('problem' in result) throw new InputProblem(result.problem, "Set 'Base URL' to the https address of JSMS.");
	const ids = [context.getWorkflow().id ?? '', context.getNode().id];
	return {
		client: { credential: 'jSmsApi', baseUrl: result.baseUrl, timeout: TIMEOUT },
		key: deriveKey(masterSecret, ids),
		nodeKey: ids.join('/'),
	};
}

/**
 * Refuses to activate a workflow whose trigger could not serve its page.
 * @throws NodeOperationError with what to do
 */
export async function checkVerificationSetup(context: IHookFunctions): Promise<void> {
	const node = context.getNode();
	await checkActivation(node, async () => {
		const { parameters } = node;
		const { options } = parameters;
		readVerificationSettings(withoutExpressions(parameters), withoutExpressions(isRecord(options) ? options : {}));
		await readCredential(context);
	});
}

/** What stands for an expression in a field that must not be empty. */
const PLACEHOLDERS: Record<string, unknown> = { templateId: 1, redirectUrl: 'https://example.com/' };

/** Reads fields as they are stored. Expressions count as right: they may need the request, and there is none yet. */
function withoutExpressions(stored: Record<string, unknown>): Read {
	return (name) => {
		const value = stored[name];
		if (isExpression(value)) return PLACEHOLDERS[name];
		if (!isRecord(value) || !Array.isArray(value.field)) return value;
		const rows: unknown[] = value.field;
		return { field: rows.filter((row) => !isRecord(row) || !Object.values(row).some(isExpression)) };
	};
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}
