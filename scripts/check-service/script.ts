import { answerOf, type Answer } from './answer';
import { dangerOf, type Call } from './call';
import { canAsk, request, type Reply, type Service } from './http';

/** One question and its answer. */
export interface Step {
	id: string;
	title: string;
	answer: Answer;
	/** Codes that are as good as what the sandbox says. */
	fine: readonly number[];
	/** Why the answer proves nothing: it depends on what was there before. */
	open?: string;
}

/**
 * What the check does, in order: the same with the service and with the sandbox that says what to expect.
 * @param pause waits so many milliseconds; the sandbox moves its clock instead
 */
export type Script = (service: Service, pause: (ms: number) => Promise<void>) => Promise<Step[]>;

/** Nothing can be asked with these keys from here. */
export class CannotAsk extends Error {}

/** Between two calls: nobody should take the check for an attack. */
const GAP_MS = 200;

/** What an application is refused for at every endpoint, or nothing can be reached. */
const HOPELESS = new Map([
	[50001, 'JSMS got no keys. Set JSMS_APP_KEY and JSMS_MASTER_SECRET.'],
	[
		50002,
		'JSMS did not accept the keys. Copy App Key and Master Secret again from the application settings of the Jiguang console.',
	],
	[50016, 'JSMS does not know this address. Check --base-url; it normally ends in /v1.'],
	[
		50035,
		'The IP address of this machine is not on the allow-list. Add it in the Jiguang console (短信设置 > 其他设置 > IP白名单).',
	],
]);

/** Asks a list of calls that can do no harm. */
export function scriptOf(calls: readonly Call[]): Script {
	for (const call of calls) {
		const danger = dangerOf(call);
		if (danger !== undefined) throw new Error(`The call "${call.id}" ${danger}. It does not belong into this list.`);
	}
	return async (service, pause) => {
		const steps: Step[] = [];
		for (const call of calls) {
			if (!canAsk(service, call)) continue;
			const reply = await request(service, call);
			const step = stepOf(call, reply);
			if (steps.length === 0) checkHope(step.answer, reply);
			steps.push(step);
			await pause(GAP_MS);
		}
		return steps;
	};
}

function stepOf({ id, title, nullable, fine = [] }: Call, reply: Reply): Step {
	return { id, title, fine, answer: answerOf(reply, { nullable }) };
}

function checkHope({ status, code, shape }: Answer, reply: Reply): void {
	const sentence = typeof code === 'number' ? HOPELESS.get(code) : undefined;
	if (sentence !== undefined) throw new CannotAsk(`${sentence} (${code}) Nothing more was asked.`);
	if ('failure' in reply) throw new CannotAsk(`JSMS could not be reached (${shape}). Nothing more was asked.`);
	if (shape === 'no JSON' || status === undefined || (status >= 300 && code === undefined)) {
		throw new CannotAsk(`What answered is not JSMS (HTTP status ${status}). Check --base-url. Nothing more was asked.`);
	}
}
