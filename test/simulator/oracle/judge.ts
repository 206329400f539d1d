import type { History } from '../history';
import { acceptedIsNamed } from './acceptedIsNamed';
import { allowedHours } from './allowedHours';
import { everythingEnds } from './everythingEnds';
import type { Exemption } from './exemptions';
import { neverTwice } from './neverTwice';
import { nobodyLockedOut } from './nobodyLockedOut';
import { noFalseResult } from './noFalseResult';
import { nothingLeaks } from './nothingLeaks';
import { receipts } from './receipts';
import { oneResult } from './oneResult';
import { truth } from './truth';
import { visits } from './visits';
import { viewOf, type Verdict, type Violation } from './view';

/** The laws of docs/send-safety.md, a function each. */
const LAWS = [
	neverTwice,
	oneResult,
	truth,
	nobodyLockedOut,
	everythingEnds,
	nothingLeaks,
	noFalseResult,
	acceptedIsNamed,
	receipts,
	allowedHours,
	visits,
] as const;

/** What became of a world: the laws that it broke, and the exemptions that it needed. */
export interface Judgement {
	violations: Violation[];
	exempted: Partial<Record<Exemption, number>>;
}

export function judge(history: History): Judgement {
	const violations: Violation[] = [];
	const exempted: Judgement['exempted'] = {};
	const verdict: Verdict = {
		violations,
		exempted,
		say: (law, kind, text) => violations.push({ law, kind, text }),
		exempt: (exemption) => {
			exempted[exemption] = (exempted[exemption] ?? 0) + 1;
		},
	};
	const view = viewOf(history);
	for (const law of LAWS) law(view, verdict);
	return { violations, exempted };
}

/** A name for violations that are one find. */
export const findOf = ({ law, kind }: Violation) => `${law} ${kind}`;
