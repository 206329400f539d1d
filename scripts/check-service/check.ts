import { defaultCalls } from './calls';
import { confirmSending, type Ask } from './confirm';
import { explain, type Explanation } from './explain';
import type { Options } from './options';
import { predict } from './predict';
import { scriptOf, type Script, type Step } from './script';
import { sendScript } from './send';

export interface Tools {
	/** Absent: nobody can be asked. */
	ask?: Ask;
	tell: (line: string) => void;
	/** Keeps delivery reports of other messages. */
	keep: (records: unknown[]) => void;
	pause: (ms: number) => Promise<void>;
	/** ms since 1970. */
	now: number;
}

/**
 * Asks a service, then a sandbox with its switches in every position, and compares.
 * @throws {Error} a sentence for people, when nothing can be asked or sending is not confirmed
 */
export async function checkService(options: Options, tools: Tools): Promise<Explanation> {
	const { service, sendTo, template } = options;
	// First: after a minute of questions nobody should be told that the last part is not done.
	if (sendTo !== undefined) await confirmSending(sendTo, tools.ask);

	const ask = scriptOf(defaultCalls(tools.now, template));
	const steps = await ask(service, tools.pause);
	if (sendTo !== undefined) steps.push(...(await sending(options, tools, tools)(service, tools.pause)));

	const silent = { tell: () => {}, keep: () => {} };
	const whole: Script = async (sandbox, pause) => [
		...(await ask(sandbox, pause)),
		...(sendTo === undefined ? [] : await sending(options, tools, silent)(sandbox, pause)),
	];
	tools.tell('Asking the local JSMS the same, with its switches in every position.');
	const prediction = await predict(whole, service.developer !== undefined, (sandbox) => {
		if (template !== undefined) sandbox.templates.put(standIn(template, options.parameters, steps));
	});
	try {
		return await explain(steps, prediction);
	} finally {
		await prediction.close();
	}
}

function sending({ sendTo = '', template = 0, parameters }: Options, { now }: Tools, to: Pick<Tools, 'tell' | 'keep'>) {
	return sendScript({ number: sendTo, template, parameters, now, tell: to.tell, keep: to.keep });
}

/** A template like the one of the account, as far as its answer showed it. */
function standIn(id: number, parameters: Record<string, string>, steps: readonly Step[]) {
	const shape = steps.find(({ id: step }) => step === 'own-template')?.answer.shape ?? '';
	const type = Number(/"type":(\d)/.exec(shape)?.[1] ?? 2) as 1 | 2 | 3;
	const variables = Object.keys(parameters).map((name) => `{{${name}}}`);
	return {
		temp_id: id,
		template: `例${variables.join('，')}`,
		type,
		remark: '',
		status: 1 as const,
		...(type === 1 && { ttl: 300 }),
	};
}
