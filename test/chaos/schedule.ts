import { generator, shuffled } from '../../sandbox/random';

/** How long the node waits for an answer, milliseconds. */
export const TIMEOUT_MS = 5_000;

const TOO_LATE = TIMEOUT_MS + 2_000;

/** What the service can do to a request, by name. The first ones are certain not to send, the others send or may have sent. */
export const FAULTS = {
	'reset before accepting': { kind: 'resetBefore' },
	'500 instead of accepting': { kind: 'answer', status: 500 },
	'503 of a gateway': { kind: 'answer', status: 503, body: '<html>unavailable</html>', contentType: 'text/html' },
	429: { kind: 'tooMany', retryAfter: '1' },
	'reset after accepting': { kind: 'resetAfter' },
	'500 after accepting': { kind: 'answerAfterAccepting', status: 500 },
	'accepted too late': { kind: 'delay', ms: TOO_LATE },
	'answered too late': { kind: 'delayAfterAccepting', ms: TOO_LATE },
	'answer cut off': { kind: 'truncate' },
};

export type FaultName = keyof typeof FAULTS;
export type Part = 'main' | 'redis' | 'postgres';
export type Schedule = ReturnType<typeof drawSchedule>;

/** Restarts, each at its share of the campaign. */
const PARTS: Part[] = ['main', 'redis', 'postgres'];

/** All that chance decides in a run. The same seed decides the same, though not at the same moment of every execution. */
export function drawSchedule(seed: number) {
	const [killer, faulter, restarter] = [1, 2, 3].map((stream) => generator(seed * 31 + stream));
	const fault = faultsInTurn(faulter);
	return {
		/** One of these workers. */
		victim: (from: string[]) => from[Math.floor(killer() * from.length)],
		/** The next fault: how it is called and what the sandbox is told. */
		nextFault: () => ({ name: fault(), after: 1 + Math.floor(faulter() * 12) }),
		/** What is restarted when so much of the campaign is through, 0 to 1. */
		restarts: shuffled(PARTS, seed).map((part, index) => ({ part, at: 0.15 + 0.25 * (index + 0.6 * restarter()) })),
	};
}

/** All kinds once in every round, so that no run leaves one out, in an order of its own each time. */
function faultsInTurn(random: () => number) {
	let round: FaultName[] = [];
	return () => {
		if (round.length === 0) round = shuffled(Object.keys(FAULTS) as FaultName[], Math.floor(random() * 2 ** 31));
		return round.pop() as FaultName;
	};
}
