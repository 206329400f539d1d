'use strict';

/**
 * Mutants that no test can notice, because they behave like the code they replace.
 *
 * `text` is the line of the source, `becomes` what the mutant puts in (left out: whatever it puts in).
 *
 * @type {Array<{ file: string, text: string, becomes?: string, reason: string }>}
 */
const EQUIVALENT = [];

module.exports = { EQUIVALENT };
