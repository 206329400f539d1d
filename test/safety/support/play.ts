import { type IDataObject, type INodeParameters, type IRun, sleep } from 'n8n-workflow';

import type { Sandbox } from '../../../sandbox';
import { createDedupeStore, errorOf, outputsOf } from '../../support/engine';
import { JSMS, jsmsAt, keysOf } from '../../support/jsms';
import { SLOW_MS, type Person, type Scenario } from './scenario';

/** What a run says about one SMS. */
export interface Said {
	status: 'sent' | 'failed' | 'unknown';
	content: string;
	msgId?: string;
	/** Index of the input item it is paired with. */
	item: number;
}

/** What one run of the node left behind. */
export interface Told {
	said: Said[];
	/** Index of the output of each of `said`. */
	outputs: number[];
	/** The error that stopped the workflow. */
	error?: string;
	/** How many SMS the error calls unknown. */
	unknownInError: number;
}

const TIMEOUT_WITH_SLOW_FAULTS = 250;

const isSlow = ({ faults }: Scenario) =>
	faults.some(({ kind }) =>
		['neverAnswer', 'neverAnswerAfter', 'delay', 'delayAfterAccepting', 'slowDrip'].includes(kind),
	);

/** Plays a scenario against the sandbox, as often as it asks for. */
export async function play(scenario: Scenario, sandbox: Sandbox): Promise<Told[]> {
	sandbox.reset();
	Object.assign(sandbox.settings, { quota: 'unlimited', frequencyRules: 'off', ...scenario.manners });
	if (scenario.application === 6) sandbox.settings.quota = 'counted';
	sandbox.fault(scenario.faults);
	const store = createDedupeStore();
	const told: Told[] = [];
	for (let time = 0; time < (scenario.again === 'no' ? 1 : 2); time += 1) {
		const executionId = scenario.again === 'keys' ? String(time) : '7';
		const run = { executionId, dataDeduplication: store, ...(!scenario.saved && { workflowId: '' }) };
		told.push(await playOnce(scenario, sandbox, run));
	}
	// What the service is still busy with belongs to this scenario.
	if (isSlow(scenario)) await sleep(SLOW_MS);
	return told;
}

async function playOnce(scenario: Scenario, sandbox: Sandbox, run: object): Promise<Told> {
	const node = jsmsAt(sandbox.baseUrl);
	const credentials = {
		jSmsApi: {
			...keysOf(sandbox.baseUrl).jSmsApi,
			appKey: `exampleappkey0000000000${scenario.application}`,
			masterSecret: `dummymastersecret000000${scenario.application}`,
		},
	};
	const { onError, retryOnFail } = scenario;
	if (scenario.as === 'tool') {
		const runner = jsmsToolWith(node, credentials);
		const parameters = { ...parametersOf(scenario), ...literalOf(scenario) };
		const { run: finished, text } = await runner(parameters, { onError, retryOnFail, run });
		return readTool(finished, text);
	}
	const extras = { onError, retryOnFail, maxTries: 2, run };
	return readRun(await node.runNode(parametersOf(scenario), itemsOf(scenario), extras, credentials), scenario);
}

function jsmsToolWith(node: ReturnType<typeof jsmsAt>, credentials: object) {
	return async (parameters: INodeParameters, extras: object) => {
		Object.assign(node.node.credentials as object, credentials);
		return await node.runAsTool(parameters, {}, extras);
	};
}

function parametersOf({
	operation,
	asList,
	batchSize,
	concurrency,
	skipRepeats,
	again,
	...rest
}: Scenario): INodeParameters {
	const options = {
		concurrency,
		...(isSlow({ operation, ...rest } as Scenario) && { timeout: TIMEOUT_WITH_SLOW_FAULTS }),
		...(again === 'keys' && { sendOnceKey: '={{ $json.key }}' }),
		...(operation === 'sendBatch' && { batchSize, duplicateRecipients: skipRepeats ? 'skip' : 'send' }),
	};
	const person = {
		mobile: '={{ $json.phone }}',
		parameterMode: 'pairs',
		parameters: { parameter: [{ name: 'number', value: '={{ $json.number }}' }] },
	};
	if (operation === 'sendText') {
		return { resource: 'verificationCode', operation, mobile: person.mobile, templateId: 1, options };
	}
	const common = { resource: 'message', operation, templateId: 1250, options };
	return asList ? { ...common, recipientsFrom: 'list', recipients: '={{ $json.list }}' } : { ...common, ...person };
}

/** An agent fills parameters in itself: there is no item to read from. */
function literalOf({ operation, people }: Scenario): INodeParameters {
	if (operation === 'sendBatch') return { recipients: JSON.stringify(listOf(people)) };
	const [{ phone, number }] = people;
	return { mobile: String(phone ?? ''), parameters: { parameter: [{ name: 'number', value: number ?? '' }] } };
}

const listOf = (people: Person[]) => people.map(({ phone, number }) => ({ mobile: phone, temp_para: { number } }));

function itemsOf(scenario: Scenario): IDataObject[] {
	const { people, asList } = scenario;
	if (!asList) return people.map((person) => ({ ...person, key: keyOf(scenario, person) }));
	const half = Math.ceil(people.length / 2);
	return [people.slice(0, half), people.slice(half)]
		.filter((part) => part.length > 0)
		.map((part, index) => ({ list: listOf(part), key: `list-${index}` }));
}

/** Equal for the same SMS only: to the text of a code nothing is added. */
const keyOf = ({ operation }: Scenario, { phone, number }: Person) =>
	contentOf(cleaned(phone), operation === 'sendText' ? undefined : (number ?? undefined));

/** The rows or items of a run, whatever output they came by. */
function readRun(run: IRun, scenario: Scenario): Told {
	const error = errorOf(run);
	const told: Told = { said: [], outputs: [], unknownInError: 0 };
	outputsOf(run, JSMS).forEach((items, output) => {
		for (const { json, pairedItem } of items) {
			const item = typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : -1;
			told.said.push(scenario.operation === 'sendBatch' ? readRow(json, item) : readItem(json, item, scenario));
			told.outputs.push(output);
		}
	});
	if (error) {
		told.error = `${error.message} / ${error.description ?? ''}`;
		const { accepted = [], unknown = [] } = ((error as { context?: IDataObject }).context ?? {}) as {
			accepted?: Array<{ item: number; msg_id: string }>;
			unknown?: number[];
		};
		told.said = accepted.map(({ item, msg_id }) => ({
			...said('sent', scenario.people[item], scenario),
			item,
			msgId: msg_id,
		}));
		told.unknownInError = unknown.length + (/is unknown/.test(error.message) ? 1 : 0);
	}
	return told;
}

function readTool(run: IRun, text: string | undefined): Told {
	const rows = JSON.parse(text ?? '""') as unknown;
	const told: Told = { said: [], outputs: [], unknownInError: 0 };
	if (Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)) {
		for (const row of rows as IDataObject[]) {
			if (typeof row.status === 'string') told.said.push(readRow(row, 0));
			else if (typeof row.msg_id === 'string')
				told.said.push({ status: 'sent', content: String(row.mobile), msgId: row.msg_id, item: 0 });
			else told.error = JSON.stringify(row);
		}
	} else told.error = text ?? errorOf(run)?.message ?? 'nothing said';
	told.unknownInError = /unknown/.test(told.error ?? '') ? 1 : 0;
	return told;
}

function readRow(json: IDataObject, item: number): Said {
	const parameters = (json.temp_para ?? {}) as Record<string, string>;
	return {
		status: json.status as Said['status'],
		content: contentOf(String(json.mobile), parameters.number),
		item,
		...(typeof json.msg_id === 'string' && { msgId: json.msg_id }),
	};
}

function readItem(json: IDataObject, item: number, scenario: Scenario): Said {
	const person = scenario.people[item];
	const details = json.details as IDataObject | undefined;
	if (details) return { ...said(details.outcome === 'unknown' ? 'unknown' : 'failed', person, scenario), item };
	return { ...said('sent', person, scenario), item, msgId: json.msg_id as string };
}

function said(status: Said['status'], { phone, number }: Person, { operation }: Scenario): Omit<Said, 'item'> {
	return { status, content: contentOf(cleaned(phone), operation === 'sendText' ? undefined : (number ?? undefined)) };
}

/** As the package's documentation says it cleans numbers. */
function cleaned(phone: unknown): string {
	const text = String(phone ?? '')
		.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
		.replace(/[\s-]/g, '');
	return text.replace(/^(\+86|0086|86)(?=1\d{10}$)/, '');
}

/** Names an SMS by its number and text. */
export function contentOf(mobile: string, number: string | undefined): string {
	return JSON.stringify([mobile, number ?? null]);
}
