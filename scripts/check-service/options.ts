import { parseArgs } from 'node:util';

import { checkBaseUrl } from '../../nodes/JSms/api/baseUrl';
import type { Service } from './http';

export const USAGE = `npm run check-service -- [options]

Keys come from the environment: JSMS_APP_KEY and JSMS_MASTER_SECRET of an application;
JSMS_DEV_KEY and JSMS_DEV_SECRET of the account, if its balance is to be asked, too.

  --base-url <url>         default: https://api.sms.jpush.cn/v1
  --template <id>          a template of the application, to be read
  --write                  save the report as check-service-report.md
  --send-to <number>       also send up to three SMS to your own number; needs --template and a typed confirmation
  --parameter <name=value> a parameter of that template; once for each
  --help`;

export interface Options {
	service: Service;
	template?: number;
	sendTo?: string;
	parameters: Record<string, string>;
	write: boolean;
}

/**
 * Reads what was typed and what the environment holds.
 * @returns undefined where only help is wanted
 * @throws {Error} a sentence for people
 */
export function readOptions(args: string[], environment: NodeJS.ProcessEnv): Options | undefined {
	const { values } = parseArgs({
		args,
		options: {
			'base-url': { type: 'string', default: 'https://api.sms.jpush.cn/v1' },
			template: { type: 'string' },
			'send-to': { type: 'string' },
			parameter: { type: 'string', multiple: true, default: [] },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) return undefined;
	const checked = checkBaseUrl(values['base-url']);
	if ('problem' in checked) {
		throw new Error(`${checked.problem.replace("'Base URL' in the credential", 'The address in --base-url')}.`);
	}
	const application = pairOf(environment, 'JSMS_APP_KEY', 'JSMS_MASTER_SECRET');
	if (!application) throw new Error('Set JSMS_APP_KEY and JSMS_MASTER_SECRET in the environment.');
	const developer = pairOf(environment, 'JSMS_DEV_KEY', 'JSMS_DEV_SECRET');
	const { template, 'send-to': sendTo } = values;
	if (template !== undefined && !/^[1-9]\d{0,14}$/.test(template))
		throw new Error('--template takes the ID of a template.');
	if (sendTo !== undefined && !/^1\d{10}$/.test(sendTo))
		throw new Error('--send-to takes a mobile number of 11 digits.');
	if (sendTo !== undefined && template === undefined) throw new Error('--send-to needs --template, too.');
	return {
		service: { baseUrl: checked.baseUrl, application, ...(developer && { developer }) },
		...(template !== undefined && { template: Number(template) }),
		...(sendTo !== undefined && { sendTo }),
		parameters: Object.fromEntries(values.parameter.map(readParameter)),
		write: values.write,
	};
}

function pairOf(environment: NodeJS.ProcessEnv, keyName: string, secretName: string) {
	const [key, secret] = [environment[keyName]?.trim(), environment[secretName]?.trim()];
	if (!key && !secret) return undefined;
	if (!key || !secret) throw new Error(`Set both ${keyName} and ${secretName}, or neither.`);
	return { key, secret };
}

function readParameter(text: string): [string, string] {
	const equals = text.indexOf('=');
	if (equals < 1) throw new Error(`--parameter takes name=value, not "${text}".`);
	return [text.slice(0, equals), text.slice(equals + 1)];
}
