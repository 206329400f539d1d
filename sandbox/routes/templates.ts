import { Refusal } from '../codes';
import { readId } from '../send/plan';
import { billedLength } from '../send/text';
import type { Call, Routes } from '../serve';

/** Templates ("Template" page): written, reviewed, read, deleted. */

/** Checks what a template is made of. */
function readTemplate({ state, application, body }: Call): {
	template: string;
	type: 1 | 2 | 3;
	ttl?: number;
	remark: string;
} {
	const { settings } = state;
	const signature = state.defaultSignature(application.app_key);
	if (!signature) throw new Refusal(50046);
	const { template, remark = '' } = body;
	if (template === undefined || template === null || template === '') throw new Refusal(50042);
	if (typeof template !== 'string') throw new Refusal(50007);
	const type = ([1, 2, 3] as const).find((known) => body.type === known || body.type === String(known));
	if (type === undefined) throw new Refusal(50025);
	if (/[【】]/.test(template)) throw new Refusal(50052);
	const fixed = `【${signature.sign}】${type === 3 ? settings.optOutPhrase : ''}`;
	if (billedLength(template + fixed) > settings.maxTextLength) throw new Refusal(50043);
	for (const word of settings.blackWords) if (template.includes(word)) throw new Refusal(50037);
	const names = checkVariables(template, type);
	const text = remark === null ? '' : String(remark);
	if (text.length > settings.templateRemarkMax) throw new Refusal(50045);
	if (names.includes('url') && !/https?:\/\//.test(text)) throw new Refusal(50053);
	return {
		template,
		type,
		...(type === 1 ? { ttl: readTtl(body.ttl) } : {}),
		remark: text,
	};
}

function checkVariables(template: string, type: number) {
	const names = [...template.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name]) => name.trim());
	if (type === 1 && (names.length !== 1 || names[0] !== 'code')) throw new Refusal(50044);
	for (const name of names) if (!/^[A-Za-z0-9](\w*[A-Za-z0-9])?$/.test(name)) throw new Refusal(50044);
	return names;
}

function readTtl(given: unknown) {
	const ttl = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
	if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > 86400) throw new Refusal(50041);
	return ttl;
}

function templateOf({ state, application, params }: Call) {
	const id = readId(params.tempId);
	const template = id === null ? undefined : state.templates.of(application.app_key).get(id);
	if (!template) throw new Refusal(50013);
	return template;
}

/** Puts a template under review. */
function submit(call: Call, id: number) {
	const { state, application } = call;
	state.templates.of(application.app_key).put({ ...readTemplate(call), temp_id: id, status: 0, written: true });
	state.reviews.begin('template', id, application.app_key, state.settings.reviewDelayMs);
	state.changed();
	return { body: { temp_id: id } };
}

/** POST /templates */
function createTemplate(call: Call) {
	return submit(call, call.state.templates.nextId());
}

/** PUT /templates/{temp_id}: rejected ones only */
function updateTemplate(call: Call) {
	const { temp_id: id, status } = templateOf(call);
	if (status !== 2) throw new Refusal(50047);
	return submit(call, id);
}

/** GET /templates/{temp_id} */
function getTemplate(call: Call) {
	const template = templateOf(call);
	const withoutTtl = { absent: {}, null: { ttl: null }, zero: { ttl: 0 } };
	return {
		body: {
			temp_id: template.temp_id,
			template: template.template,
			type: template.type,
			...(template.ttl === undefined ? withoutTtl[call.state.settings.templateTtl] : { ttl: template.ttl }),
			remark: template.remark,
			status: template.status,
		},
	};
}

/** DELETE /templates/{temp_id}: an empty body */
function deleteTemplate(call: Call) {
	const { state, application } = call;
	const { temp_id: id } = templateOf(call);
	state.templates.of(application.app_key).delete(id);
	state.reviews.end('template', id, application.app_key);
	state.changed();
	return { body: '' };
}

export const templates: Routes = {
	'/templates': { POST: { takesBody: true, handle: createTemplate } },
	'/templates/:tempId': {
		GET: { handle: getTemplate },
		PUT: { takesBody: true, handle: updateTemplate },
		DELETE: { handle: deleteTemplate },
	},
};
