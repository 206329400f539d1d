import type {
	Icon,
	IAuthenticate,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

export const ICON: Icon = { light: 'file:../icons/jsms.svg', dark: 'file:../icons/jsms.dark.svg' };

export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: 'https://api.sms.jpush.cn/v1',
	required: true,
	description: 'The address of JSMS. Change it only for a test server or a proxy; it must start with https.',
};

/**
 * HTTP Basic with two fields of the credential; everything else about a request stays as it is.
 *
 * A function, because n8n evaluates the expressions of a declaration anew for every request, which costs as much as the
 * request itself.
 */
export function signInWith(user: string, secret: string): IAuthenticate {
	return async (credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions) => ({
		...request,
		auth: { username: textOf(credentials[user]), password: textOf(credentials[secret]) },
	});
}

function textOf(value: unknown): string {
	return value === undefined || value === null ? '' : String(value);
}

/** https, or http to this machine; host, port and path, nothing else. The node has the same rules in nodes/JSms/api/baseUrl.ts. */
const KEEPS_KEYS_SAFE = String.raw`/^(https:\/\/([^\s\/\\?#@:\[\]]+|\[[\da-f:.]+\])|http:\/\/(localhost|127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|\[::1\]))(:\d+)?(\/[^\s\\?#]*)?$/i.test($credentials.baseUrl.trim())`;

/** Keys must not travel unencrypted, so http to another machine is not even tried. */
const CHECKED_BASE_URL = `={{ ${KEEPS_KEYS_SAFE} ? $credentials.baseUrl.trim().replace(/\\/+$/, "") : "https://base-url-must-start-with-https.invalid" }}`;

/** n8n refuses by itself what is not on this list and shows the list: the only way to get a sentence to the user here. */
const ALLOWED_DOMAINS = `={{ ${KEEPS_KEYS_SAFE} ? "" : "those with a Base URL that starts with https (http only for this machine)" }}`;

/**
 * Builds a credential test that reads a balance: the only calls that prove keys and cannot send anything.
 *
 * JSMS tells what is wrong in `error.code`, mostly with HTTP 403, so those statuses are no failures by themselves: other
 * codes, such as 50033 for an application without quota of its own, mean that the keys are right. The statuses that
 * stay failures come from something that is not JSMS, or from a fault of JSMS.
 *
 * @param path     call to make, below the base URL
 * @param keys     how the form calls the two keys
 */
export function balanceTest(path: string, keys: string): ICredentialTestRequest {
	return {
		request: {
			baseURL: CHECKED_BASE_URL,
			url: path,
			allowedDomains: ALLOWED_DOMAINS,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: { ignore: true, except: [301, 302, 303, 307, 308, 404, 405, 407, 500, 502, 503, 504] },
			timeout: 15000,
		},
		rules: [
			rule(50001, `No keys were given. Fill in ${keys}.`),
			rule(50002, `JSMS did not accept the keys. Copy ${keys} again from the Jiguang console.`),
			rule(
				50035,
				"JSMS does not accept requests from the IP address of this n8n. In the Jiguang console, open 短信设置 > 其他设置 > IP白名单 and add n8n's public IPv4 address. If the address changes, leave the list empty.",
			),
			rule(
				50008,
				'The keys are right, but the SMS service is not activated for this application. Activate it in the Jiguang console.',
			),
			rule(50036, "The keys are right, but Jiguang has blocked this application. Contact Jiguang's support."),
		],
	};
}

function rule(code: number, message: string): IAuthenticateRuleResponseSuccessBody {
	return { type: 'responseSuccessBody', properties: { key: 'error.code', value: code, message } };
}
