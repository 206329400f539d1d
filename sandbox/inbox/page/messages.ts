import type { ShownCall } from '../../callbacks/log';
import type { News } from '../events';
import type { ShownMessage, ShownReply, WholeMessage } from '../shown';
import { append, code, counted, el, empty, factsOf, numberText, table, timeText } from './dom.js';
import { control, type Page, type View } from './view.js';

/** The newest messages on top; everything to and from one number as a conversation. */
const MOST = 500;
const KINDS = { code: 'Text code', voice: 'Voice call', message: 'Message', batch: 'Batch', schedule: 'Scheduled' };
const STATES: Record<number, string> = {
	4001: 'delivered',
	4002: "not delivered: on the carrier's blacklist (4002)",
	4003: 'not delivered: handset off or suspended (4003)',
	4004: 'not delivered: number does not exist (4004)',
	4005: 'not delivered: insufficient quota (4005)',
	4006: "not delivered: over the carrier's frequency limit (4006)",
	4007: 'not answered (4007)',
	4008: 'busy (4008)',
	4009: 'not reached (4009)',
	4010: 'not delivered: sensitive word (4010)',
	4100: 'not delivered: other reason (4100)',
};

/** How far the sandbox's clock is ahead of this page's. */
let ahead = 0;
/** The newest message on the page. */
let newest = 0;

export const messages = {
	name: 'Messages',

	async load(wanted: string, page: Page) {
		const number = wanted.replace(/[\s-]/g, '');
		const query = `/ledger?shown=1&newest=${MOST}${wanted ? `&search=${encodeURIComponent(wanted)}` : ''}`;
		const [{ json: found, total }, { json: clock }] = await Promise.all([
			control<ShownMessage[]>(query),
			control<{ now: number }>('/clock'),
		]);
		ahead = clock.now - Date.now();
		newest = found.at(-1)?.seq ?? 0;
		if (/^1\d{10}$/.test(number)) {
			const { json: replies } = await control<ShownReply[]>('/replies?shown=1');
			return conversation(
				number,
				found.filter(({ mobile }) => mobile === number),
				replies.filter(({ phone }) => phone === number),
				page,
			);
		}
		const rows = found.reverse().map((message) => row(message, page));
		const nodes = [
			total === 0 ? nothingYet() : '',
			wanted && total > 0 && rows.length === 0 ? el('p', { class: 'empty' }, `No message with “${wanted}”.`) : '',
			el('ol', { class: 'messages', id: 'messages' }, rows),
			rows.length === MOST ? el('p', { class: 'more' }, `The newest ${MOST}. Search to find older ones.`) : '',
		];
		return { count: wanted ? `${rows.length} of ${counted(total, 'message')}` : counted(total, 'message'), nodes };
	},

	/**
	 * Puts new messages on top without loading the others again.
	 * @returns what to count; undefined where the view has to be loaded instead
	 */
	take({ total, entries, callbacks, again }: News, wanted: string, page: Page): string | undefined {
		const list = document.getElementById('messages');
		if (again || wanted || !list || total === 0 || newest === 0) return undefined;
		for (const callback of callbacks) {
			const node = callback.msg_id && list.querySelector(`.told[data-about="${CSS.escape(callback.msg_id)}"]`);
			if (node) node.replaceWith(toldOf({ msg_id: callback.msg_id, callback }, 'report'));
		}
		for (const message of entries.filter(({ seq }) => seq > newest)) {
			newest = message.seq;
			const node = row(message, page);
			node.classList.add('fresh');
			list.prepend(node);
		}
		while (list.childElementCount > MOST) list.lastElementChild?.remove();
		return counted(total, 'message');
	},

	/** Shows what has become of messages since. */
	refreshStates() {
		for (const node of document.querySelectorAll('.state.open[data-at]')) {
			if (Number(node.getAttribute('data-at')) > Date.now() + ahead) continue;
			node.replaceWith(stateOf({ state: Number(node.getAttribute('data-state')), reported_at: 0 }));
		}
	},
} satisfies View & Record<string, unknown>;

function stateOf({ state, reported_at: at }: Pick<ShownMessage, 'state' | 'reported_at'>) {
	const known = at <= Date.now() + ahead;
	const text = known ? (STATES[state] ?? `state ${state}`) : 'accepted';
	const look = known ? (state === 4001 ? 'good' : 'bad') : 'open';
	return el('span', { class: `state ${look}`, 'data-at': at, 'data-state': state }, text);
}

/** How the application learned of a report or a reply, as far as it did. */
function toldOf(record: { msg_id?: string; callback?: ShownCall; pulled?: boolean }, what: 'report' | 'reply') {
	const { msg_id: about = '', callback, pulled } = record;
	const [look, text] = callback ? callText(callback) : pulled ? ['good', `${what} pulled`] : ['none', ''];
	return el('span', { class: `state told ${look}`, 'data-about': about }, text);
}

function callText({ attempt, status, state, error, repeats_at: at }: ShownCall) {
	const reason = status === null ? error : status;
	if (state === 'sending') return ['open', 'calling back'];
	if (state === 'taken') return ['good', attempt === 1 ? 'callback taken' : `callback taken at try ${attempt}`];
	if (at !== undefined) return ['bad', `callback failed (${reason}), repeats at ${timeText(at)}`];
	return ['bad', `callback given up at try ${attempt} (${reason})`];
}

function row(message: ShownMessage, page: Page) {
	const { mobile, accepted_at: at, kind } = message;
	return el(
		'li',
		{ class: 'message' },
		el(
			'p',
			{ class: 'to' },
			el(
				'button',
				{ class: 'number', type: 'button', title: 'Show the conversation', onclick: () => page.search(mobile) },
				numberText(mobile),
			),
			el('time', { dateTime: new Date(at).toISOString() }, timeText(at)),
		),
		bubble(message),
		el(
			'p',
			{ class: 'facts' },
			factsOf([
				KINDS[kind],
				counted(message.segments, 'segment'),
				message.temp_id === null ? '' : `template ${message.temp_id}`,
				message.tag ? `tag ${message.tag}` : '',
				`msg_id ${message.msg_id}`,
			]),
			stateOf(message),
			toldOf(message, 'report'),
		),
		whole(message),
	);
}

const bubble = ({ text, kind }: ShownMessage) =>
	el('p', { class: `bubble${kind === 'voice' ? ' spoken' : ''}`, lang: 'zh-CN' }, text);

/** The message whole, with its parameters and the request it came in; asked for when it is opened. */
function whole({ seq }: ShownMessage) {
	const details = el('details', { 'data-key': `message ${seq}` }, el('summary', {}, 'Details'));
	const fill = async () => {
		const { json } = await control<WholeMessage>(`/ledger/${seq}`);
		const { message, request, callbacks } = json;
		append(details, [
			table({
				msg_id: message.msg_id,
				schedule_id: message.schedule_id,
				Template: message.temp_id,
				Signature: message.sign_id,
				Tag: message.tag,
				Application: message.app_key,
				...Object.fromEntries(Object.entries(message.temp_para).map(([name, value]) => [`{{${name}}}`, value])),
			}),
			callbacks.length === 0
				? ''
				: el(
						'ol',
						{ class: 'calls' },
						callbacks.map(({ at, url, status, state, error }) =>
							el('li', {}, `${timeText(at)}: callback to ${url}, ${status ?? error ?? 'no answer yet'}, ${state}`),
						),
					),
			request
				? el('div', {}, el('p', { class: 'wire' }, `${request.method} ${request.path}`), code(request.body))
				: el('p', { class: 'more' }, 'The request is no longer on record.'),
		]);
	};
	details.addEventListener('toggle', () => {
		if (details.open && details.childElementCount === 1) void fill();
	});
	return details;
}

function conversation(number: string, sent: ShownMessage[], replies: ShownReply[], page: Page) {
	const lines = [
		...sent.map((message) => ({ at: message.accepted_at, node: row(message, page) })),
		...replies.map((reply) => ({
			at: reply.replyTime,
			node: el(
				'li',
				{ class: 'message answer' },
				el('p', { class: 'to' }, el('time', {}, timeText(reply.replyTime))),
				el('p', { class: 'bubble', lang: 'zh-CN' }, reply.content),
				el('p', { class: 'facts' }, toldOf(reply, 'reply')),
			),
		})),
	].sort((a, b) => a.at - b.at);
	const input = el('input', {
		id: 'reply',
		autocomplete: 'off',
		placeholder: 'e.g. TD',
		'aria-label': 'Reply as the owner of this phone',
	});
	const form = el(
		'form',
		{
			class: 'reply',
			onsubmit: async (event: SubmitEvent) => {
				event.preventDefault();
				const content = input.value;
				if (content.trim() === '') return;
				input.value = '';
				await control('/replies', { phone: number, content });
				await page.reload();
			},
		},
		input,
		el('button', { type: 'submit' }, 'Reply'),
	);
	return {
		count: `${counted(sent.length, 'message')}, ${counted(replies.length, 'reply').replace('replys', 'replies')}`,
		nodes: [
			el('h2', { class: 'conversation' }, numberText(number)),
			lines.length === 0 ? el('p', { class: 'empty' }, 'No message to this number yet.') : '',
			el(
				'ol',
				{ class: 'messages', id: 'conversation' },
				lines.map(({ node }) => node),
			),
			form,
		],
	};
}

function nothingYet() {
	return empty(
		'No messages yet',
		el(
			'p',
			{},
			'Every SMS the sandbox accepts appears here at once. Run a workflow with the JSms node, or send the first one by hand:',
		),
		el(
			'pre',
			{ tabIndex: 0 },
			el(
				'code',
				{},
				`curl -u exampleappkey00000000001:dummymastersecret0000001 \\
  -H 'Content-Type: application/json' \\
  -d '{"mobile":"13800138000","temp_id":1250,"temp_para":{"number":"741627"}}' \\
  ${location.origin}/v1/messages`,
			),
		),
	);
}
