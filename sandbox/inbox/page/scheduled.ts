import type { ShownSchedule } from '../shown';
import { counted, el, empty, factsOf, numberText } from './dom.js';
import { control, type Page, type View } from './view.js';

/** What is to be sent later, and can still be canceled. */
export const scheduled: View = {
	name: 'Scheduled',
	async load(wanted, page) {
		const [{ json }, { json: clock }] = await Promise.all([
			control<ShownSchedule[]>('/schedules'),
			control<{ now: number }>('/clock'),
		]);
		const number = wanted.replace(/[\s-]/g, '');
		const found = json
			.filter(
				({ schedule_id: id, send_time: time, recipients }) =>
					`${id} ${time}`.includes(wanted) ||
					recipients.some(({ mobile, text }) => text.includes(wanted) || (number !== '' && mobile.includes(number))),
			)
			.sort((a, b) => b.at - a.at);
		return {
			count: counted(json.filter(({ status }) => status === 'waiting').length, 'schedule') + ' waiting',
			nodes: [
				found.length === 0
					? empty(
							'Nothing is scheduled',
							el('p', {}, 'Schedules wait here for their time. Make one with the operation Schedule: Create.'),
						)
					: el(
							'ol',
							{ class: 'lines' },
							found.map((one) => line(one, clock.now, page)),
						),
			],
		};
	},
};

function line(
	{ schedule_id: id, send_time: time, at, status, temp_id: template, recipients, tag }: ShownSchedule,
	now: number,
	page: Page,
) {
	const first = recipients[0];
	return el(
		'li',
		{},
		el(
			'p',
			{ class: 'to' },
			el('strong', {}, time),
			el(
				'span',
				{ class: `state ${{ waiting: 'open', sent: 'good', deleted: 'bad' }[status]}` },
				status === 'waiting' ? `waiting, ${countdown(at - now)}` : status,
			),
		),
		first ? el('p', { class: 'bubble', lang: 'zh-CN' }, first.text) : '',
		el(
			'p',
			{ class: 'facts' },
			factsOf([
				`to ${recipients
					.slice(0, 3)
					.map(({ mobile }) => numberText(mobile))
					.join(', ')}${recipients.length > 3 ? ` and ${recipients.length - 3} more` : ''}`,
				`template ${template}`,
				tag ? `tag ${tag}` : '',
				`schedule_id ${id}`,
			]),
		),
		status === 'waiting'
			? el(
					'p',
					{ class: 'actions' },
					el(
						'button',
						{ type: 'button', onclick: () => control(`/schedules/${id}`, undefined, 'DELETE').then(page.reload) },
						'Cancel',
					),
				)
			: '',
	);
}

function countdown(ms: number) {
	const minutes = Math.max(0, Math.round(ms / 60_000));
	if (minutes < 1) return 'less than a minute left';
	if (minutes < 120) return `${counted(minutes, 'minute')} left`;
	return minutes < 2880 ? `${Math.round(minutes / 60)} hours left` : `${Math.round(minutes / 1440)} days left`;
}
