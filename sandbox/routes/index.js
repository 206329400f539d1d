'use strict';

/**
 * The imitated endpoints: path → method → endpoint. HEAD on the base path is asked by one SDK when it starts.
 * @type {Record<string, Record<string, import('../serve').Endpoint>>}
 */
module.exports = {
	'/': { HEAD: { signIn: 'nobody', handle: () => ({ body: '' }) } },
	...require('./codes'),
	...require('./voice-codes'),
	...require('./messages'),
	...require('./messages-batch'),
	...require('./schedules').routes,
	...require('./receipts'),
	...require('./templates'),
	...require('./signatures'),
	...require('./accounts'),
};
