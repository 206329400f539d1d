'use strict';

/**
 * @typedef {object} Size
 * @property {number} executions
 * @property {number} people In each execution
 * @property {number} batchSize Recipients per request
 * @property {number} kills At least so many workers are killed; 0: as many as the time brings
 * @property {number} killEveryMs
 * @property {boolean} restarts Whether Redis, PostgreSQL and the main process are restarted
 * @property {number} atOnce Executions under way at the same moment
 * @property {number} limitMs After this time without an execution that got through the campaign counts as stuck
 */

/** @type {Record<'big' | 'small', Size>} */
const SIZES = {
	big: {
		executions: 200,
		people: 250,
		batchSize: 100,
		kills: 0,
		killEveryMs: 10_000,
		restarts: true,
		atOnce: 12,
		limitMs: 5 * 60_000,
	},
	small: {
		executions: 20,
		people: 100,
		batchSize: 50,
		kills: 1,
		killEveryMs: 4_000,
		restarts: false,
		atOnce: 9,
		limitMs: 150_000,
	},
};

module.exports = { SIZES };
