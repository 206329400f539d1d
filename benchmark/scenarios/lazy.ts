import { assertAccepted, type Bench } from '../bench';
import { interleave, median, medianRatio, type Variant } from '../measure';
import { formatCount, formatMs, formatRatio, type Section } from '../report';
import { WEBHOOK_NODE_PATH, webhookWorkflow } from '../server/receipts';
import { startServer, type Server } from '../server/instance';
import { measureCallbacks, type Callbacks } from './receipts';

const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** n8n with default settings, and with its experimental settings for expressions; never two at a time. */
const SETTINGS: Array<[name: string, settings: Record<string, string>]> = [
	['default settings', {}],
	['LAZY_ACQUIRE', LAZY],
	['LAZY_ACQUIRE and COMPILE_CACHE', { ...LAZY, N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true' }],
];

/** So many callbacks come at the same moment. */
const AT_ONCE = 10;

interface Comparison {
	what: string;
	/** What it is compared with */
	base: string;
	/** Callbacks or messages */
	n: number;
	repeats: number;
	/** `base` and `its`; each gives the milliseconds that it took */
	variants: Array<Variant<number>>;
}

/** A comparison under one of the settings. */
interface Measured extends Pick<Comparison, 'what' | 'base' | 'n'> {
	name: string;
	/** Milliseconds by variant */
	runs: Record<string, number[]>;
}

/**
 * What n8n spends on a call besides the call: callbacks against n8n's own Webhook node, messages against its HTTP Request
 * node with the same credential, with n8n's settings for expressions and without.
 */
export async function measureLazy(bench: Bench): Promise<Section> {
	const measured: Measured[] = [];
	for (const [name, settings] of SETTINGS) {
		const server = await startServer(bench, settings);
		try {
			for (const { what, base, n, repeats, variants } of comparisonsOf(server, bench)) {
				bench.print(`lazy, ${name}: ${what}`);
				const runs = await interleave(variants, bench.quick ? 1 : repeats);
				measured.push({ what, name, n, base, runs });
			}
		} finally {
			await server.stop();
		}
	}
	return toSection(measured);
}

/** Each against the same in n8n's own node. */
function comparisonsOf(server: Server, { quick, sandbox }: Bench): Comparison[] {
	const callbacks = quick ? 20 : 300;
	const messages = quick ? 20 : 1_000;
	const take = async (more?: Pick<Callbacks, 'workflow' | 'path'>) =>
		(await measureCallbacks(server, { n: callbacks, atOnce: AT_ONCE, ...more })).ms;
	const send = async (variant: string, n: number) => {
		await sandbox.reset();
		const { ms } = await server.run(variant, n);
		await assertAccepted(sandbox, variant, n);
		return ms;
	};
	const compare = (
		what: string,
		base: string,
		n: number,
		repeats: number,
		itsRun: () => Promise<number>,
		baseRun: () => Promise<number>,
	) => ({
		what,
		base,
		n,
		repeats,
		variants: [
			{ name: 'base', run: baseRun },
			{ name: 'its', run: itsRun },
		],
	});
	const ofWebhookNode = { workflow: webhookWorkflow(), path: `/webhook/${WEBHOOK_NODE_PATH}` };
	return [
		compare(
			`JSms Trigger, ${AT_ONCE} callbacks at a time`,
			'Webhook node',
			callbacks,
			3,
			() => take(),
			() => take(ofWebhookNode),
		),
		compare(
			'Send, one message',
			'HTTP Request node',
			1,
			25,
			() => send('send1', 1),
			() => send('http', 1),
		),
		compare(
			'Send, concurrency 10',
			'HTTP Request node',
			messages,
			3,
			() => send('send10', messages),
			() => send('http', messages),
		),
	];
}

function toSection(measured: Measured[]): Section {
	return {
		title: 'What a call costs n8n, with its settings for expressions and without (inside a running n8n)',
		text:
			"Each against the same in n8n's own node, in turns, in a fresh n8n for each setting (docs/speed.md says what they do); the server answers at once. " +
			'Callbacks: until the last execution is stored. Messages: the time of the node.',
		head: ['What', 'n8n', 'Records', 'Time', 'Per second', 'Against', 'Time of that', 'Ratio', 'Runs'],
		rows: measured.map(({ what, name, n, base, runs }) => [
			what,
			name,
			formatCount(n),
			formatMs(median(runs.its)),
			(n / (median(runs.its) / 1000)).toFixed(1),
			base,
			formatMs(median(runs.base)),
			`**${formatRatio(medianRatio(runs.its, runs.base))}**`,
			runs.its.length,
		]),
		raw: measured,
	};
}
