/** Answers that a sane service never gives: bounded time and memory, the right class, no crash, and the keys stay here. */
import { spawn } from 'node:child_process';
import http, { type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox';
import { TSX } from '../../scripts/tsx';
import { outputsOf, takeLogs } from '../support/engine';
import { JSMS, jsmsAt } from '../support/jsms';
import { CASES, OPERATIONS, TIMEOUT_MS, type Operation, type Played } from './support/hostileCases';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ settings: { quota: 'unlimited', frequencyRules: 'off', recordBodies: false } });
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const operations = Object.keys(OPERATIONS) as Operation[];

/** Heap the node may have: far below what the answers unpack to. */
const HEAP_MB = 400;

/** Plays all cases in a process whose memory is limited, and measured. */
async function playHostileCases() {
	const script = join(__dirname, 'support/hostileChild.ts');
	const child = spawn(process.execPath, [
		...TSX,
		`--max-old-space-size=${HEAP_MB}`,
		script,
		sandbox.baseUrl,
		sandbox.url,
	]);
	const text = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (data) => (text[name] += data));
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	const lines = text.stdout.split('\n').filter(Boolean);
	return { code, stderr: text.stderr, results: lines.map((line) => JSON.parse(line) as Played) };
}

describe('in a process of limited memory', () => {
	let played: Awaited<ReturnType<typeof playHostileCases>>;
	beforeAll(async () => {
		played = await playHostileCases();
	});
	const of = (name: string, operation: Operation) => {
		const found = played.results.find((one) => one.name === name && one.operation === operation);
		if (!found) throw new Error(`${name}, ${operation} was not played`);
		return found;
	};
	const cases = Object.keys(CASES).flatMap((name) => operations.map((operation) => [name, operation] as const));

	it('comes through all of them', () => {
		expect({ code: played.code, stderr: played.stderr }).toEqual({ code: 0, stderr: '' });
		expect(played.results).toHaveLength(cases.length + 1);
	});

	it.each(cases)('%s, %s: in time, stored, nothing polluted', (name, operation) => {
		const result = of(name, operation);
		// Reads are tried up to three times.
		expect(result.ms).toBeLessThan(3 * TIMEOUT_MS + 5000);
		expect(result.saved).toBeLessThan(40_000_000);
		expect(result).toMatchObject({ polluted: false, rows: OPERATIONS[operation].items.length });
		expect(result.error).toBeUndefined();
	});

	it('keeps its memory within bounds', () => {
		const [{ peak: start }] = played.results;
		const peak = Math.max(...played.results.map((one) => one.peak));
		console.log(`peak memory: ${start} MB before, ${peak} MB after ${played.results.length - 1} hostile answers`);
		expect(peak - start).toBeLessThan(900);
	});

	it.each(['50 MB', 'a million rows', 'a gigabyte of gzip', 'a drip of 40 bytes a second'])(
		'calls a batch unknown whose answer is too much: %s',
		(name) =>
			expect(JSON.parse(of(name, 'sendBatch').first)).toMatchObject({ status: 'unknown', safe_to_retry: false }),
	);

	it.each([
		'15 MB that are read',
		'a hundred thousand rows',
		'two million nested lists',
		'the same keys twice',
		'prototypes in rows',
		'numbers beyond 2^53',
		'NUL in texts',
		'half surrogate pairs',
	])('reads the truth behind the rest: %s', (name) => {
		expect(JSON.parse(of(name, 'sendBatch').first)).toMatchObject({ status: 'sent', mobile: '13800200000' });
		expect(JSON.parse(of(name, 'send').first)).toMatchObject({ mobile: '13800200000' });
	});

	it('keeps every digit of an id', () => {
		for (const operation of ['sendBatch', 'send'] as const) {
			expect(JSON.parse(of('numbers beyond 2^53', operation).first).msg_id).toMatch(/^9007199254740\d{3,}$/);
		}
	});

	it('repeats no endless reason in every row', () => {
		expect(of('a refusal with 8 MB of reasons', 'sendBatch').saved).toBeLessThan(2_000_000);
	});
});

describe('a redirect to another host', () => {
	const visits: IncomingHttpHeaders[] = [];
	let other: Server;
	beforeAll(async () => {
		const server = http.createServer((request, response) => {
			visits.push(request.headers);
			response.end('{"msg_id":"1","recipients":[]}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		other = server;
	});
	afterAll(() => {
		other.closeAllConnections();
		other.close();
	});

	const statuses = [301, 302, 303, 307, 308];
	it.each(statuses.flatMap((status) => operations.map((operation) => [status, operation] as const)))(
		'%d is not followed (%s), so the keys reach nobody',
		async (status, operation) => {
			const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/messages`;
			sandbox.fault({ kind: 'redirect', status, location, times: 'always' });
			const { parameters, items } = OPERATIONS[operation];
			const extras = { onError: 'continueRegularOutput' as const, run: { workflowId: '' } };
			const run = await jsmsAt(sandbox.baseUrl).runNode(parameters, items, extras);
			takeLogs();
			const [first] = outputsOf(run, JSMS).flat();
			const { details, status: ended } = first.json as { details?: { outcome?: string }; status?: string };
			expect(details?.outcome ?? ended).toBe('unknown');
			expect(visits).toEqual([]);
		},
	);
});
