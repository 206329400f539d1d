import type { RefusedSend } from '../../refusals';
import { counted, el, empty, numberText, timeText } from './dom.js';
import { control, type View } from './view.js';

/** What the sandbox refused to send, and why. */
export const refused: View = {
	name: 'Refused',
	async load(wanted) {
		const { json, total } = await control<RefusedSend[]>('/refusals');
		const words = wanted.toLowerCase();
		const number = wanted.replace(/[\s-]/g, '');
		const found = json
			.filter(
				({ mobile = '', code, message, path }) =>
					`${code} ${message} ${path}`.toLowerCase().includes(words) || (number !== '' && mobile.includes(number)),
			)
			.reverse();
		return {
			count: counted(total, 'refusal'),
			nodes: [
				found.length === 0
					? empty(
							'Nothing was refused',
							el(
								'p',
								{},
								'Messages that the service refuses are listed here with code and reason. Try a number that ends in 0006.',
							),
						)
					: el('ol', { class: 'lines' }, found.map(line)),
			],
		};
	},
};

function line({ at, mobile, recipients, code, message, request, path }: RefusedSend) {
	const whom = mobile ? numberText(mobile) : recipients ? counted(recipients, 'recipient') : 'no number';
	return el(
		'li',
		{},
		el('p', { class: 'to' }, el('strong', {}, whom), el('time', {}, timeText(at))),
		el('p', { class: 'bad' }, `${code} ${message}`),
		el('p', { class: 'facts' }, el('span', {}, `request ${request}`), el('span', {}, path)),
	);
}
