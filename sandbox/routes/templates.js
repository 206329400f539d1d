'use strict';

const { Refusal } = require('../codes');

/** Reading a template. */

/** GET /templates/{temp_id} @param {import('../serve').Call} call */
function getTemplate({ state, params }) {
	const template = /^\d{1,15}$/.test(params.tempId) ? state.templates.get(Number(params.tempId)) : undefined;
	if (!template) throw new Refusal(50013);
	const withoutTtl = { absent: {}, null: { ttl: null }, zero: { ttl: 0 } };
	return {
		body: {
			temp_id: template.temp_id,
			template: template.template,
			type: template.type,
			...(template.ttl === undefined
				? withoutTtl[/** @type {'absent'} */ (state.settings.templateTtl)]
				: { ttl: template.ttl }),
			remark: template.remark,
			status: template.status,
		},
	};
}

/** @type {Record<string, Record<string, import('../serve').Endpoint>>} */
module.exports = { '/templates/:tempId': { GET: { handle: getTemplate } } };
