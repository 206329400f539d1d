import type { Signature, Template } from '../../seed';
import { counted, el, empty, factsOf } from './dom.js';
import { control, type Page, type View } from './view.js';

/** Templates and signatures with their review, which the person at this page decides. */
const STATES = [
	['open', 'under review'],
	['good', 'approved'],
	['bad', 'rejected'],
];
const TYPES = ['', 'verification code', 'notification', 'marketing'];

type Kind = 'template' | 'signature';

/** A template or signature as it is shown. */
interface Reviewed {
	id: number;
	text: string;
	facts: string[];
	status: 0 | 1 | 2;
	reason?: string | null;
}

const view = <T>(name: string, kind: Kind, describe: (one: T) => Reviewed): View => ({
	name,
	async load(wanted, page) {
		const { json } = await control<T[]>(`/${kind}s`);
		const found = json.map(describe).filter((one) => !wanted || JSON.stringify(one).includes(wanted));
		return {
			count: counted(json.length, kind),
			nodes: [
				found.length === 0
					? empty(
							`No ${kind}`,
							el('p', {}, `Search for something else, or make one with the operation ${name.slice(0, -1)}: Create.`),
						)
					: el(
							'ol',
							{ class: 'lines' },
							found.map((one) => line(one, kind, page)),
						),
			],
		};
	},
});

function line({ id, text, facts, status, reason }: Reviewed, kind: Kind, page: Page) {
	const [look, state] = STATES[status];
	const decide = (decision: 1 | 2, refuse_reason?: string) =>
		control(`/${kind}s/${id}/review`, { status: decision, ...(refuse_reason && { refuse_reason }) }).then(page.reload);
	const why = el('input', { placeholder: 'Reason of a rejection', 'aria-label': `Reason for rejecting ${kind} ${id}` });
	return el(
		'li',
		{},
		el('p', { class: 'to' }, el('strong', {}, String(id)), el('span', { class: `state ${look}` }, state)),
		el('p', { class: 'bubble', lang: 'zh-CN' }, text),
		el('p', { class: 'facts' }, factsOf([...facts, reason ? `reason: ${reason}` : ''])),
		status === 0
			? el(
					'p',
					{ class: 'actions' },
					el('button', { type: 'button', onclick: () => decide(1) }, 'Approve'),
					why,
					el('button', { type: 'button', onclick: () => decide(2, why.value) }, 'Reject'),
				)
			: '',
	);
}

export const templates = view('Templates', 'template', (one: Template) => ({
	id: one.temp_id,
	text: one.template,
	facts: [TYPES[one.type], one.ttl ? `valid ${one.ttl} s` : '', one.remark ? `remark: ${one.remark}` : ''],
	status: one.status,
	reason: one.refuse_reason,
}));

export const signatures = view('Signatures', 'signature', (one: Signature) => ({
	id: one.sign_id,
	text: `【${one.sign}】`,
	facts: [
		one.is_default === 1 ? 'default' : '',
		one.images?.length ? `pictures: ${one.images.join(', ')}` : '',
		one.remark ?? '',
	],
	status: one.status,
	reason: one.refuse_reason,
}));
