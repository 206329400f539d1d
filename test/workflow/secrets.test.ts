import { hintsOf, takeLogs } from '../support/engine';
import { JSMS, jsmsAt, keysOf } from '../support/jsms';
import { NOBODY, pairs, people, useService } from './service';

/** Keys never appear anywhere; phone numbers in full only in the data of rows and items. */
const service = useService();
const { appKey, masterSecret } = keysOf('').jSmsApi as { appKey: string; masterSecret: string };
const BASIC = Buffer.from(`${appKey}:${masterSecret}`).toString('base64');
const MOBILE = '13812345678';
const OPERATIONS = {
	send: {
		resource: 'message',
		operation: 'send',
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		...pairs({ number: '1' }),
	},
	sendBatch: {
		resource: 'message',
		operation: 'sendBatch',
		mobile: '={{ $json.phone }}',
		templateId: 1250,
		...pairs({ number: '1' }),
	},
};
const FAULTS: Array<[string, () => void]> = [
	['wrong keys', () => service.sandbox.fault({ kind: 'answer', code: 50002, times: 'always' })],
	['a reset', () => service.sandbox.fault({ kind: 'resetAfter', times: 'always' })],
	['no answer', () => service.sandbox.fault({ kind: 'neverAnswer', times: 'always' })],
	['a page of a proxy', () => service.sandbox.fault({ kind: 'notJson', times: 'always' })],
	[
		'a redirect',
		() => service.sandbox.fault({ kind: 'redirect', location: 'https://other.example.com/', times: 'always' }),
	],
	['an unreachable service', () => {}],
];
const CASES = Object.entries(OPERATIONS).flatMap(([operation, parameters]) =>
	FAULTS.flatMap(([fault, arrange]) =>
		(['stopWorkflow', 'continueErrorOutput'] as const).map((onError) => ({
			operation,
			parameters,
			fault,
			arrange,
			onError,
		})),
	),
);

it.each(CASES)('$operation tells nothing after $fault ($onError)', async ({ parameters, fault, arrange, onError }) => {
	arrange();
	takeLogs();
	const jsms = fault === 'an unreachable service' ? jsmsAt(NOBODY) : service.jsms;
	const options = fault === 'no answer' ? { timeout: 300 } : {};
	const run = await jsms.runNode({ ...parameters, options }, people(MOBILE), { onError });
	const logs = takeLogs();
	// What a run stores, without the items, whose data are the user's own.
	const told = JSON.stringify([
		run.data.resultData.error,
		hintsOf(run, JSMS),
		logs.filter(({ level }) => level !== 'debug'),
	]);
	const everything = JSON.stringify([run.data.resultData, logs]);
	for (const secret of [masterSecret, BASIC]) expect(everything).not.toContain(secret);
	expect(everything).not.toContain('"authorization"');
	expect(messagesIn(told)).not.toContain(MOBILE);
});

/** The sentences of errors, hints and logs; the copy of the node's own parameters in an error is not one. */
function messagesIn(told: string): string {
	const texts: string[] = [];
	JSON.parse(told, (key, value: unknown) => {
		if (typeof value === 'string' && ['message', 'description', 'stack'].includes(key)) texts.push(value);
		return value;
	});
	return texts.join('\n');
}
