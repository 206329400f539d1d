'use strict';

/**
 * All kinds of faults by name.
 *
 * @typedef {object} FaultKind
 * @property {string} note what it does
 * @property {boolean} accepts whether the request is worked off (and the ledger written)
 * @property {'big'} [ids] msg_ids given out while the request is worked off
 * @property {Record<string, import('./fields').Field>} fields what it takes besides kind, times, method, path, after
 * @property {(exchange: import('../exchange').Exchange, fault: Fault) => Outcome | undefined | Promise<Outcome | undefined>} [before]
 *   runs before the request is worked off; what it returns is the answer, undefined goes on
 * @property {(exchange: import('../exchange').Exchange, fault: Fault, answer: import('../exchange').Answer) => Outcome | Promise<Outcome>} [after]
 *   runs after that and gives the answer to send
 *
 * @typedef {Record<string, any> & { kind: string }} Fault
 * @typedef {import('../exchange').Answer | typeof import('../exchange').TAKEN} Outcome
 */

/** @type {Readonly<Record<string, FaultKind>>} */
const KINDS = Object.freeze({
	...require('./answers'),
	...require('./timing'),
	...require('./connection'),
	...require('./rows'),
	...require('./huge'),
});

module.exports = { KINDS };
