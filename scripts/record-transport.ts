/**
 * Breaks connections in every way there is and writes down what n8n's request helper throws then:
 * test/fixtures/transport/<n8n-core version>-node<major>.json, which test/safety/transport.test.ts holds against the
 * node's own reading of it.
 *
 *   node scripts/run.js scripts/record-transport.ts                 the n8n-core of the development tools
 *   node scripts/run.js scripts/record-transport.ts <folder> ...    the n8n-core below <folder>/node_modules, such as a whole n8n
 *
 * Another Node.js: start this script with it.
 */
import dns from 'node:dns';
import fs from 'node:fs';
import path from 'node:path';
import { isRecord } from '../nodes/JSms/model/json';
import { sendRequest, type HttpContext } from '../nodes/JSms/api/request';
import { helperOf, type Helper } from './transport/helper';
import { SITUATIONS, TWO_ADDRESSES, type Situation } from './transport/situations';
import type { RecordedError, RecordedSituation, Recording } from './transport/recording';

const ROOT = path.join(__dirname, '..');
const FIXTURES = path.join(ROOT, 'test/fixtures/transport');
const KEPT = ['name', 'message', 'httpCode', 'code', 'syscall', 'messages'];

/** The parts of an error that say what happened. Nothing else is copied: n8n's errors carry the keys along. */
function describe(error: unknown, depth = 0): RecordedError | undefined {
	if (!isRecord(error) || depth > 4) return undefined;
	const kept = KEPT.filter((key) => error[key] !== undefined && error[key] !== null).map((key) => [key, error[key]]);
	const inner = Array.isArray(error.errors) ? error.errors.map((one) => describe(one, depth + 1)) : [];
	const cause = describe(error.cause, depth + 1);
	return { ...Object.fromEntries(kept), ...(inner.length > 0 && { errors: inner }), ...(cause && { cause }) };
}

/** Ports and addresses differ from run to run. */
const normalised = <T>(value: T, port: number): T =>
	JSON.parse(
		JSON.stringify(value)
			.replaceAll(`:${port}`, ':PORT')
			.replace(/[0-9A-F]{16}:error/g, '0:error'),
	);

/** Makes one exchange and notes where and with what it broke. */
async function record(helper: Helper, situation: Situation): Promise<RecordedSituation> {
	const server = (await situation.start?.()) ?? { port: 1, close: async () => {} };
	const cancelling = new AbortController();
	if (situation.cancelAfter === 0) cancelling.abort();
	if (situation.cancelAfter) setTimeout(() => cancelling.abort(), situation.cancelAfter);
	const broken: Array<Pick<RecordedSituation, 'while' | 'status' | 'error'>> = [];
	const context: HttpContext = {
		helpers: {
			httpRequestWithAuthentication: async (_credential, options) => {
				try {
					const response = await helper.request({ ...options, timeout: situation.timeout ?? 4000 }, cancelling.signal);
					response.body.on('error', (error) =>
						broken.push({ while: 'answer', status: response.statusCode, error: describe(error) }),
					);
					return response;
				} catch (error) {
					broken.push({ while: 'request', error: describe(error) });
					throw error;
				}
			},
		},
		// One exchange is enough: the sender tries no second time in a cancelled execution.
		getExecutionCancelSignal: () => AbortSignal.abort(),
	};
	const settings = {
		credential: 'jSmsApi',
		baseUrl: `${situation.scheme ?? 'http'}://${situation.host ?? '127.0.0.1'}:${server.port}/v1`,
		timeout: (situation.timeout ?? 4000) + 500,
	};
	const body = situation.bodyBytes ? { filling: 'x'.repeat(situation.bodyBytes) } : { mobile: '13800000001' };
	try {
		const outcome = await sendRequest(
			context,
			settings,
			{ method: 'POST', path: '/messages', body },
			{ effect: 'once' },
		);
		return {
			what: situation.what,
			means: situation.means,
			found: outcome.class,
			...normalised(broken.at(0) ?? {}, server.port),
		};
	} finally {
		await server.close();
	}
}

/** A name with two addresses, without asking a name server. */
function resolveTestName() {
	const { lookup } = dns;
	type Done = (error: NodeJS.ErrnoException | null, address: string | dns.LookupAddress[], family?: number) => void;
	const lookUp = (host: string, options: dns.LookupOptions, done: Done) => {
		if (host !== TWO_ADDRESSES) return lookup(host, options, done);
		const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
		if (options.all) process.nextTick(done, null, addresses);
		else process.nextTick(done, null, addresses[0].address, 4);
	};
	Object.assign(dns, { lookup: lookUp });
}

async function main(folders: string[]) {
	resolveTestName();
	fs.mkdirSync(FIXTURES, { recursive: true });
	for (const folder of folders.length > 0 ? folders : [ROOT]) {
		const helper = helperOf(path.resolve(folder));
		const situations: Recording['situations'] = {};
		for (const [name, situation] of Object.entries(SITUATIONS)) {
			situations[name] = await record(helper, situation);
			const { means, found, error } = situations[name];
			console.log(
				`${name}: ${found}${found === means ? '' : ` (must be ${means})`}, ${error?.httpCode ?? error?.code ?? 'nothing thrown'}`,
			);
		}
		const [major] = process.versions.node.split('.');
		const recorded: Recording = { n8nCore: helper.version, node: Number(major), situations };
		const file = path.join(FIXTURES, `n8n-core-${helper.version}-node${major}.json`);
		fs.writeFileSync(file, `${JSON.stringify(recorded, null, '\t')}\n`);
		console.log(`Written: ${path.relative(ROOT, file)}`);
	}
}

main(process.argv.slice(2)).then(
	() => process.exit(),
	(error) => {
		console.error(error);
		process.exit(1);
	},
);
