import { setTimeout as wait } from 'node:timers/promises';
import type { N8nClient, Workflow } from '../n8n/client';
import type { Sandbox } from '../../sandbox';

const POLLING = 'JSms Receipt Trigger';
const CALLED = 'JSms Trigger';

type Message = { mobile: string; msg_id: string };

/** A delivery report or a reply, as the triggers gave it to their workflows. */
export type Receipt = {
	event: 'deliveryReport' | 'reply';
	phone: string;
	msg_id?: string;
	delivered?: boolean;
	statusMessage?: string;
};

export interface CameBack {
	/** in one execution */
	polled: Receipt[];
	/** by execution */
	called: Receipt[][];
	/** what does not fit, as sentences */
	problems: string[];
}

/**
 * Lets reports and replies come back into the sample workflows, by polling and by callbacks, and compares what came with
 * what the sandbox knows. The poll is the one of the editor's button: n8n's own would take up to a minute.
 * @param polledFor Messages whose reports are to be polled
 */
export async function closeLoop(
	{
		client,
		sandbox,
		workflows,
	}: {
		client: N8nClient;
		sandbox: Sandbox;
		/** As saved; `receipts` not active, so that nothing else polls */ workflows: Record<
			'receipts' | 'callbacks',
			Workflow
		>;
	},
	polledFor: Message[],
): Promise<CameBack> {
	const welcome = await client.run(workflows.callbacks, 'Start');
	const welcomed = welcome.json<Message>('Send a welcome');
	await until(() =>
		sandbox.ledger.every((message) => message.kind === 'schedule' || sandbox.receipts.reportOf(message)),
	);
	// Somebody answers each of the two applications, as the inbox page lets one do.
	const answering = [polledFor[0]?.mobile, welcomed[0]?.mobile].filter(Boolean);
	for (const mobile of answering) sandbox.reply(mobile, '好的');

	const poll = await client.run(workflows.receipts, POLLING);
	const polled = poll.json<Receipt>(POLLING);
	const expectedCalls = welcomed.length + 1;
	const readCalls = async () =>
		(await client.readExecutions(workflows.callbacks.id, { newerThan: welcome.id }))
			.reverse()
			.map((execution) => execution.json<Receipt>(CALLED))
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
function findMissing(way: string, receipts: Receipt[], messages: Message[], answering: string | undefined) {
	const times = (wanted: (receipt: Receipt) => boolean) => receipts.filter(wanted).length;
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

/** @returns Lines for people */
export function describeLoop({ polled, called }: CameBack): string {
	const counts = (receipts: Receipt[]) => {
		const reports = receipts.filter(({ event }) => event === 'deliveryReport');
		const failed = reports.filter(({ delivered }) => !delivered);
		const why = [...new Set(failed.map(({ statusMessage }) => statusMessage?.replace(/^Not delivered: /, '')))].join(
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

/** Waits, not forever, for something that happens in its own time. */
async function until(condition: () => unknown) {
	for (const deadline = Date.now() + 30_000; !(await condition()) && Date.now() < deadline; ) await wait(100);
}
