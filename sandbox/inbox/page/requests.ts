import type { RecordedRequest } from '../../requests';
import { code, counted, el, empty, table } from './dom.js';
import { control, type View } from './view.js';

/** Every call under /v1, for people who look for a mistake. */
const MOST = 200;

export const requests: View = {
	name: 'Requests',
	async load(wanted) {
		const { json, total } = await control<RecordedRequest[]>(
			`/requests?newest=${MOST}${wanted ? `&search=${encodeURIComponent(wanted)}` : ''}`,
		);
		const found = json.reverse();
		return {
			count: wanted ? `${found.length} of ${counted(total, 'request')}` : counted(total, 'request'),
			nodes: [
				found.length === 0
					? empty(
							'No requests yet',
							el('p', {}, 'Every call to the local JSMS is listed here with its body and response.'),
						)
					: el('ol', { class: 'lines' }, found.map(line)),
				total > MOST && !wanted ? el('p', { class: 'more' }, `The newest ${MOST}. Search to find older ones.`) : '',
			],
		};
	},
};

function line({ number, method, path, query, status, fault, trouble, body, answer, headers }: RecordedRequest) {
	const good = status !== null && status < 300;
	return el(
		'li',
		{},
		el(
			'details',
			{ 'data-key': `request ${number}` },
			el(
				'summary',
				{},
				el('span', { class: `state ${good ? 'good' : 'bad'}` }, status === null ? 'no answer' : String(status)),
				` ${method} ${path} `,
				fault ? el('span', { class: 'fault' }, `fault: ${fault}`) : '',
			),
			table({
				Request: number,
				Query: new URLSearchParams(query).toString(),
				'Content type': headers['content-type'],
				Trouble: trouble,
			}),
			body ? [el('p', { class: 'wire' }, 'Body'), code(body)] : '',
			answer ? [el('p', { class: 'wire' }, 'Answer'), code(answer)] : '',
		),
	);
}
