'use strict';

const { setTimeout: wait } = require('node:timers/promises');

const POLLING = 'JSms Receipt Trigger';
const CALLED = 'JSms Trigger';

/**
 * What came back of SMS: reports and replies, as the triggers gave them to their workflows.
 *
 * @typedef {{event: 'deliveryReport' | 'reply', phone: string, msg_id?: string, delivered?: boolean, statusMessage?: string}} Receipt
 *
 * @typedef {object} CameBack
 * @property {Receipt[]} polled in one execution
 * @property {Receipt[][]} called by execution
 * @property {string[]} problems what does not fit, as sentences
 */

/**
 * Lets reports and replies come back into the sample workflows, by polling and by callbacks, and compares what came with
 * what the sandbox knows. The poll is the one of the editor's button: n8n's own would take up to a minute.
 *
 * @param {object} stage
 * @param {import('../n8n/client').N8nClient} stage.client
 * @param {import('../../sandbox').Sandbox} stage.sandbox
 * @param {Record<'receipts' | 'callbacks', any>} stage.workflows As saved; `receipts` not active, so that nothing else polls
 * @param {Array<{mobile: string, msg_id: string}>} polledFor Messages whose reports are to be polled
 * @returns {Promise<CameBack>}
 */
async function closeLoop({ client, sandbox, workflows }, polledFor) {
	const welcome = await client.run(workflows.callbacks, 'Start');
	const welcomed = welcome.json('Send a welcome');
	await until(() =>
		sandbox.ledger.every((message) => message.kind === 'schedule' || sandbox.receipts.reportOf(message)),
	);
	// Somebody answers each of the two applications, as the inbox page lets one do.
	const answering = [polledFor[0]?.mobile, welcomed[0]?.mobile].filter(Boolean);
	for (const mobile of answering) sandbox.reply(mobile, '好的');

	const poll = await client.run(workflows.receipts, POLLING);
	const polled = poll.json(POLLING);
	const expectedCalls = welcomed.length + 1;
	const readCalls = async () =>
		(await client.readExecutions(workflows.callbacks.id, { newerThan: welcome.id }))
			.reverse()
			.map((execution) => execution.json(CALLED))
			.filter((items) => items.length > 0);
	let called = await readCalls();
	await until(async () => (called = await readCalls()).length >= expectedCalls);

	const problems = [
		...(poll.error ? [`The poll says: ${poll.error.message}`] : []),
		...(welcome.error ? [`The welcome says: ${welcome.error.message}`] : []),
		...(welcomed.length === 0 ? ['No welcome was sent.'] : []),
		...findMissing('poll', polled, polledFor, answering[0]),
		...findMissing('callbacks', called.flat(), welcomed, answering[1]),
		...(called.some((items) => items.length !== 1) ? ['An execution of a callback has several items.'] : []),
	];
	return { polled, called, problems };
}

/** What a way back lost or doubled. */
function findMissing(way, receipts, messages, answering) {
	const times = (wanted) => receipts.filter(wanted).length;
	return [
		...messages
			.map(({ msg_id: id, mobile }) => ({ mobile, count: times((one) => one.msg_id === id) }))
			.filter(({ count }) => count !== 1)
			.map(({ mobile, count }) => `The report about ${mobile} came ${count} times by ${way}.`),
		...(times(({ event, phone }) => event === 'reply' && phone === answering) === 1
			? []
			: [`The reply of ${answering} did not come once by ${way}.`]),
	];
}

/** @param {CameBack} cameBack @returns {string} Lines for people */
function describeLoop({ polled, called }) {
	const counts = (receipts) => {
		const reports = receipts.filter(({ event }) => event === 'deliveryReport');
		const failed = reports.filter(({ delivered }) => !delivered);
		const why = [...new Set(failed.map(({ statusMessage }) => statusMessage.replace(/^Not delivered: /, '')))].join(
			', ',
		);
		const replies = receipts.length - reports.length;
		return `${reports.length} reports (${reports.length - failed.length} delivered, ${failed.length} not${why && `: ${why}`}) and ${replies} ${replies === 1 ? 'reply' : 'replies'}`;
	};
	return [
		`  by polling    ${counts(polled)}: one execution, of a poll by hand (its own would take up to a minute)`,
		`  by callbacks  ${counts(called.flat())}: ${called.length} executions, started by the sandbox as JSMS does`,
	].join('\n');
}

/** Waits, not forever, for something that happens in its own time. @param {() => unknown} condition */
async function until(condition) {
	for (const deadline = Date.now() + 30_000; !(await condition()) && Date.now() < deadline; ) await wait(100);
}

module.exports = { closeLoop, describeLoop };
