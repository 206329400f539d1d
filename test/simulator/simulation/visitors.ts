import { takeVisit, type Visited } from '../carrier/visits';
import { codeOf } from '../service/decide';
import type { Wish } from '../world/types';
import type { Stage } from './stage';

/** What a request holds. */
interface Asked {
	wants: Exclude<Wish, 'reload'>;
	token: string | undefined;
	code: string | undefined;
}

/** One request of a visitor to the verification trigger. */
export interface Visit extends Asked {
	name: string;
	process: number;
	visitor: number;
	startFails: boolean;
	/** What the world asks of it at the end: that somebody new can verify a number, or that this visitor still can. */
	probe: 'somebodyNew' | 'again' | undefined;
	from: number;
	end?: number;
	visited?: Visited;
}

export const visitorPhone = (visitor: number) => `1370000${String(1000 + visitor)}`;

/** People who verify their number; they carry their token from one process to the next. */
export class Visitors {
	readonly visits: Visit[] = [];
	readonly #tokens = new Map<number, string>();
	readonly #last = new Map<number, Asked>();

	constructor(private readonly stage: Stage) {}

	/** Makes a request; undefined where the visitor has nothing to make it with. */
	request(
		{ process, visitor, wish, startFails }: Pick<Visit, 'process' | 'visitor' | 'startFails'> & { wish: Wish },
		probe?: Visit['probe'],
	): Visit | undefined {
		const asked = wish === 'reload' ? this.#last.get(visitor) : this.#askFor(visitor, wish);
		if (!asked) return undefined;
		this.#last.set(visitor, asked);
		const { wants, token, code } = asked;
		const name = `visit${this.visits.length}`;
		const visit: Visit = { name, process, visitor, startFails, probe, ...asked, from: this.stage.clock.now };
		this.visits.push(visit);
		const body =
			token === undefined ? { mobile: visitorPhone(visitor) } : { token, ...(code !== undefined && { code }) };
		const start = () => {
			const address = `203.0.113.${visitor}`;
			takeVisit(this.stage.modulesOf(process), this.stage.service, { name, body, address, startFails }).then(
				(visited) => {
					Object.assign(visit, { visited, end: this.stage.clock.now });
					if (visited.body.token !== undefined) this.#tokens.set(visitor, visited.body.token);
					const what = visited.started ? 'started' : (visited.body.error ?? 'done');
					this.stage.trace(`${name} of visitor ${visitor} (${wants}) ended: ${visited.status}, ${what}`);
					this.stage.look();
				},
				(error: unknown) => this.stage.clock.uncaught.push(error),
			);
		};
		this.stage.enter(process, start);
		return visit;
	}

	#askFor(visitor: number, wants: Asked['wants']): Asked | undefined {
		if (wants === 'code') return { wants, token: undefined, code: undefined };
		const token = this.#tokens.get(visitor);
		return token === undefined ? undefined : { wants, token, code: this.#codeFor(visitor, wants) };
	}

	/** What the visitor types: the code of the newest SMS, or something else. */
	#codeFor(visitor: number, wants: Asked['wants']): string | undefined {
		if (wants === 'another') return undefined;
		const newest = this.stage.service.ledger.findLast(({ phone }) => phone === visitorPhone(visitor));
		const code = codeOf(newest?.id ?? '000000');
		return wants === 'check' ? code : code.replace(/.$/, (digit) => String((Number(digit) + 5) % 10));
	}
}
