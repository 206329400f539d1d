'use strict';

const { interleave, median, medianRatio } = require('../measure');
const { formatCount, formatMs, formatRatio } = require('../report');
const { WEBHOOK_NODE_PATH, webhookWorkflow } = require('../server/receipts');
const { startServer } = require('../server/instance');
const { measureCallbacks } = require('./receipts');

const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** n8n as it comes, and with its experimental settings for expressions; never two at a time. */
const SETTINGS = [
	['n8n as it comes', {}],
	['LAZY_ACQUIRE', LAZY],
	['LAZY_ACQUIRE and COMPILE_CACHE', { ...LAZY, N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true' }],
];

/** So many callbacks come at the same moment. */
const AT_ONCE = 10;

/**
 * What n8n spends on a call besides the call: callbacks against n8n's own Webhook node, messages against its HTTP Request
 * node with the same credential, with n8n's settings for expressions and without.
 *
 * @param {{quick: boolean, sandbox: import('../sandbox-process').SandboxProcess, print: (line: string) => void}} bench
 * @returns {Promise<import('../report').Section>}
 */
async function measureLazy(bench) {
	const measured = [];
	for (const [name, settings] of SETTINGS) {
		const server = await startServer(bench, settings);
		try {
			for (const comparison of comparisonsOf(server, bench)) {
				bench.print(`lazy, ${name}: ${comparison.what}`);
				const runs = await interleave(comparison.variants, bench.quick ? 1 : comparison.repeats);
				measured.push({ name, ...comparison, runs });
			}
		} finally {
			await server.stop();
		}
	}
	return toSection(measured);
}

/** Each against the same in n8n's own node; a run gives the milliseconds that it took. */
function comparisonsOf(server, { quick, sandbox }) {
	const callbacks = quick ? 20 : 300;
	const messages = quick ? 20 : 1_000;
	const take = async (more) => (await measureCallbacks(server, { n: callbacks, atOnce: AT_ONCE, ...more })).ms;
	const send = async (variant, n) => {
		await sandbox.reset();
		const { ms } = await server.run(variant, n);
		const accepted = await sandbox.accepted();
		if (accepted !== n) throw new Error(`${variant}: the sandbox accepted ${accepted} of ${n} messages`);
		return ms;
	};
	const compare = (what, base, n, repeats, itsRun, baseRun) => ({
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

function toSection(measured) {
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
		raw: measured.map(({ what, name, n, base, runs }) => ({ what, name, n, base, runs })),
	};
}

module.exports = { measureLazy };
