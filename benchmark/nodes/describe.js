'use strict';

/**
 * Description of a node that exists for the benchmark only.
 *
 * @param {string} name
 * @param {Partial<import('n8n-workflow').INodeTypeDescription>} [more] What differs
 * @returns {import('n8n-workflow').INodeTypeDescription}
 */
const describe = (name, more = {}) => ({
	displayName: name,
	name: name.toLowerCase(),
	group: ['transform'],
	version: 1,
	description: `${name} of the benchmark`,
	defaults: { name },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
	...more,
});

module.exports = { describe };
