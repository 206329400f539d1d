import { randomBytes } from 'node:crypto';

import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { VerificationSettings } from '../fields/verificationSettings';
import { isRecord } from '../model/json';
import { clientOf } from './address';
import { CodeChecks } from './codeChecks';
import type { Call, Memory, Verified } from './flow';
import { SendCounter } from './limits';
import { VerificationLog, type LogTarget } from './log';
import { OnceSends } from './onceSends';
import { originOf } from './origin';
import type { HttpResponse } from './reply';
import { serviceOf } from './service';
import type { VerificationSetup } from './setup';
import { textsFor, type Texts } from './texts';
import type { Visit } from './visit';

/** Of all nodes of this process; some 60 MB when everything in it is full. */
const memory: Memory = { counter: new SendCounter(), once: new OnceSends(), checks: new CodeChecks() };
const log = new VerificationLog();

/** One request to the trigger, with all that is needed to respond. */
export interface VisitorRequest {
	settings: VerificationSettings;
	key: Buffer;
	texts: Texts;
	/** For the page of this response. */
	nonce: string;
	call: Call;
	body: unknown;
	query: Record<string, unknown>;
	origin: unknown;
	/** Origins under which this n8n is known. */
	ownOrigins: string[];
	response: HttpResponse;
}

/** n8n-workflow names express's own types here, which the package does not have. */
export function responseOf(context: IWebhookFunctions): HttpResponse {
	return context.getResponseObject() as unknown as HttpResponse;
}

/** Puts together what the handlers of pages and JSON need. */
export function requestOf(context: IWebhookFunctions, setup: VerificationSetup): VisitorRequest {
	const { settings, key, client } = setup;
	const headers = context.getHeaderData();
	const target = logTargetOf(context);
	const { ip, ips } = context.getRequestObject() as unknown as { ip?: string; ips?: string[] };
	const { address, hiddenByProxy } = clientOf({ ...(ip !== undefined && { ip }), ips: ips ?? [], headers });
	if (hiddenByProxy) log.reportProxy(target);
	const clock = { wall: () => Date.now(), monotonic: () => performance.now() };
	const query: unknown = context.getQueryData();
	return {
		settings,
		key,
		texts: textsFor(settings.language, headers['accept-language']),
		nonce: randomBytes(16).toString('base64'),
		call: {
			// A test of the editor uses nothing up of what visitors may have.
			nodeKey: context.getMode() === 'manual' ? `${setup.nodeKey}/test` : setup.nodeKey,
			...(address !== undefined && { address }),
			limits: {
				resendAfter: settings.resendAfter,
				perNumberAndDay: settings.codesPerNumberAndDay,
				perAddressAndHour: settings.codesPerAddressAndHour,
				perHour: settings.codesPerHour,
			},
			triesPerCode: settings.triesPerCode,
			memory,
			service: serviceOf(context, client, settings),
			report: (event) => log.report(target, event, clock.monotonic()),
			clock,
		},
		body: context.getBodyData(),
		query: isRecord(query) ? query : {},
		origin: headers.origin,
		ownOrigins: ownOriginsOf(context),
		response: responseOf(context),
	};
}

/** Says in n8n's log why nobody can be served. */
export function logProblem(context: IWebhookFunctions, error: unknown): void {
	const message = error instanceof Error ? error.message : String(error);
	// n8n 1.x gives expressions of a webhook no request to read from, and says it in words that nobody understands.
	const hint = /been executed/.test(message) ? '. Expressions that read $json.query need n8n 2.x.' : '';
	log.reportSetup(logTargetOf(context), message + hint, performance.now());
}

function logTargetOf(context: IWebhookFunctions): LogTarget {
	const { id } = context.getWorkflow();
	const { name, id: nodeId } = context.getNode();
	return {
		logger: context.logger,
		node: name,
		...(id !== undefined && { workflowId: id }),
		nodeKey: `${id ?? ''}/${nodeId}`,
	};
}

/** As n8n calls itself (WEBHOOK_URL), and as the visitor called it. */
function ownOriginsOf(context: IWebhookFunctions): string[] {
	const { host } = context.getHeaderData();
	const known = originOf(context.getNodeWebhookUrl('default'));
	const asked = typeof host === 'string' ? [originOf(`http://${host}`), originOf(`https://${host}`)] : [];
	return [known, ...asked].filter((one) => one !== undefined);
}

/** The item with which the workflow starts. Its names are part of the public contract. */
export function itemOf({ mobile, values }: Visit, { msgId }: Verified, now: number): { json: IDataObject } {
	return { json: { mobile, msg_id: msgId, verified_at: new Date(now).toISOString(), ...values } };
}
