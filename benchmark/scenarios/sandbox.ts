import http from 'node:http';
import { contact } from '../nodes/contact';
import { median } from '../measure';
import { formatMs, type Section } from '../report';
import { authorizationOf } from '../../test/support/keys';
import { CONCURRENCY, TEMPLATE } from '../workload';
import type { Bench } from '../bench';

/**
 * How fast the server is that everything is measured against: a bare client with kept-alive connections and bodies
 * made beforehand.
 */
export async function measureSandbox({ quick, sandbox, print }: Bench): Promise<Section> {
	print('sandbox');
	const repeats = quick ? 2 : 5;
	const kinds = [
		{ name: '1,000 recipients each', path: '/messages/batch', count: quick ? 5 : 100, body: batchBody },
		{ name: 'one recipient each', path: '/messages', count: quick ? 50 : 1_000, body: singleBody },
	];
	const raw: Array<{ name: string; count: number; times: number[] }> = [];
	for (const { name, path, count, body } of kinds) {
		const bodies = Array.from({ length: count }, (_, index) => body(index));
		const times: number[] = [];
		// One more, thrown away: the first compiles the server's code.
		for (let round = 0; round <= repeats; round += 1) {
			await sandbox.reset();
			const ms = await post(sandbox.baseUrl + path, bodies);
			if (round > 0) times.push(ms);
		}
		raw.push({ name, count, times });
	}
	return {
		title: 'The sandbox as the server',
		text: `A bare client, ${CONCURRENCY} kept-alive connections, bodies made beforehand (median of ${repeats}): the sandbox's own ceiling. It runs in a process of its own.`,
		head: ['Requests', 'Time', 'Requests per second'],
		rows: raw.map(({ name, count, times }) => [
			`${count} with ${name}`,
			formatMs(median(times)),
			Math.round(count / (median(times) / 1000)),
		]),
		raw,
	};
}

function batchBody(index: number) {
	const recipients = Array.from({ length: 1_000 }, (_, place) => {
		const { mobile, ...values } = contact(index * 1_000 + place);
		return { mobile, temp_para: values };
	});
	return JSON.stringify({ temp_id: TEMPLATE, recipients });
}

function singleBody(index: number) {
	const { mobile, ...values } = contact(index);
	return JSON.stringify({ mobile, temp_id: TEMPLATE, temp_para: values });
}

/** Posts all bodies; answers the milliseconds that took. */
async function post(url: string, bodies: string[]) {
	const agent = new http.Agent({ keepAlive: true, maxSockets: CONCURRENCY });
	const started = performance.now();
	let next = 0;
	await Promise.all(
		Array.from({ length: CONCURRENCY }, async () => {
			while (next < bodies.length) await postOne(url, bodies[next++], agent);
		}),
	);
	const ms = performance.now() - started;
	agent.destroy();
	return ms;
}

function postOne(url: string, body: string, agent: http.Agent) {
	return new Promise<void>((resolve, reject) => {
		const headers = {
			Authorization: authorizationOf(),
			'Content-Type': 'application/json',
			'Content-Length': Buffer.byteLength(body),
		};
		http
			.request(url, { method: 'POST', agent, headers }, (response) => {
				response.resume();
				response.on('end', () =>
					response.statusCode === 200 ? resolve() : reject(new Error(`The sandbox answered ${response.statusCode}`)),
				);
			})
			.on('error', reject)
			.end(body);
	});
}
