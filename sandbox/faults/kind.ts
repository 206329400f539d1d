import type { ServiceResponse, Exchange, TAKEN } from '../exchange';
import type { Fields, Values } from './fields';

/** What to send; TAKEN where the fault has responded itself. */
export type Outcome = ServiceResponse | typeof TAKEN;

export interface FaultKind<F extends Fields = Fields> {
	/** what it does */
	note: string;
	/** whether the request is worked off (and the ledger written) */
	accepts: boolean;
	/** msg_ids given out while the request is worked off */
	ids?: 'big';
	/** what it takes besides kind, times, method, path, after */
	fields: F;
	/** runs before the request is worked off; what it returns is the response, undefined goes on */
	before?(exchange: Exchange, fault: Values<F>): Outcome | undefined | Promise<Outcome | undefined>;
	/** runs after that and gives the response to send */
	after?(exchange: Exchange, fault: Values<F>, response: ServiceResponse): Outcome | Promise<Outcome>;
}

/** A kind whose `before` and `after` know the types of its fields. */
export const faultKind = <F extends Fields>(kind: FaultKind<F>): FaultKind => kind;
