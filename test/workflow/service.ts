import { startSandbox } from '../../sandbox';

import type { INodeParameters, IRun, NodeParameterValue } from 'n8n-workflow';

import { hintsOf, outputsOf, type OutputItem } from '../support/engine';
import { JSMS, jsmsAt, keysOf } from '../support/jsms';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
type Settings = NonNullable<Parameters<typeof startSandbox>[0]>['settings'];

/** A port of this machine at which nobody listens. */
export const NOBODY = 'http://127.0.0.1:1/v1';

/** A local JSMS for the tests of a file, as new before each of them, and the node that talks to it. */
export function useService(settings: Settings = {}) {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ settings });
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return {
		get sandbox() {
			return sandbox;
		},
		get jsms() {
			return jsmsAt(sandbox.baseUrl);
		},
		get keys() {
			return keysOf(sandbox.baseUrl);
		},
		/** Numbers that got a message, in order of acceptance. */
		get reached() {
			return sandbox.ledger.map(({ mobile }) => mobile);
		},
		/** What the service was asked for: `POST /messages`. */
		get calls() {
			return sandbox.requests.map(({ method, path }) => `${method} ${path.replace('/v1', '')}`);
		},
		/** Bodies of the requests that had one. */
		get bodies() {
			return sandbox.requests
				.filter(({ body }) => body !== '')
				.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
		},
	};
}

/** The json of the items on an output of the node. */
export const jsonOf = (run: IRun, output = 0): OutputItem['json'][] =>
	(outputsOf(run, JSMS)[output] ?? []).map(({ json }) => json);

/** What the editor shows above the output of the node. */
export const saidAbove = (run: IRun): string[] => hintsOf(run, JSMS).map(({ message }) => message);

/** The json of what really arrived behind an output: the Error output shows only there. */
export const arrivedAt = (run: IRun, output: number): OutputItem['json'][] =>
	(outputsOf(run, `Output ${output}`)[0] ?? []).map(({ json }) => json);

/** Input items with a phone number each. */
export const people = (...phones: unknown[]) => phones.map((phone) => ({ phone })) as Array<{ phone: string }>;

/** So many different numbers that the service takes. */
export const numbers = (count: number): string[] =>
	Array.from({ length: count }, (_, index) => String(13800100000 + index * 10 + 1));

/** Template parameters as name and value pairs. */
export const pairs = (parameters: Record<string, NodeParameterValue>): INodeParameters => ({
	parameterMode: 'pairs',
	parameters: { parameter: Object.entries(parameters).map(([name, value]) => ({ name, value })) },
});
