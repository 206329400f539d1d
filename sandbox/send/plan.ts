import { Refusal } from '../codes';
import type { Template, Application, Signature } from '../seed';
import { compileTemplate, type CompiledTemplate } from './text';
import type { State } from '../state';

/** What is common to all recipients of a request. */
export interface SendPlan {
	template: Template;
	compiled: CompiledTemplate;
	signId: number;
	/** the signature */
	before: string;
	/** the opt-out phrase of marketing texts */
	after: string;
}

/**
 * A template or signature id: a positive whole number, also as text (official samples do that).
 * @returns null: of another type
 */
export function readId(given: unknown): number | null {
	if (typeof given === 'number') return Number.isSafeInteger(given) ? given : null;
	return typeof given === 'string' && /^\d{1,15}$/.test(given.trim()) ? Number(given) : null;
}

/** @param given `temp_id` */
function readTemplate(state: State, application: Application, given: unknown) {
	if (given === undefined || given === null || given === '') throw new Refusal(50005);
	const id = readId(given);
	if (id === null) throw new Refusal(50007);
	const template = state.templates.of(application.app_key).get(id);
	if (!template) throw new Refusal(50013);
	if (template.status === 0) throw new Refusal(50020);
	if (template.status === 2) throw new Refusal(50021);
	return template;
}

/** @param given `sign_id` */
function readSignature(state: State, application: Application, given: unknown): Signature {
	const { settings } = state;
	const fallback = state.defaultSignature(application.app_key);
	if (!fallback) throw new Refusal(settings.missingSignature);
	if (given === undefined || given === null) return fallback;
	const id = readId(given);
	const signature = id === null ? undefined : state.signatures.of(application.app_key).get(id);
	if (!signature) {
		if (settings.unknownSignature === 'ignore') return fallback;
		throw new Refusal(50102);
	}
	if (signature.status !== 1) throw new Refusal(settings.unapprovedSignature);
	return signature;
}

/** Hours 8 to 20 in China, which has had UTC+8 the whole year since 1991. */
function isDaytimeInChina(now: number) {
	const hour = new Date(now + 8 * 3600_000).getUTCHours();
	return hour >= 8 && hour < 21;
}

/**
 * Reads template and signature of a request that sends by template.
 * @param allows the template types the endpoint takes
 */
export function makePlan(
	state: State,
	application: Application,
	body: Record<string, unknown>,
	allows: (type: 1 | 2 | 3) => boolean,
): SendPlan {
	const template = readTemplate(state, application, body.temp_id);
	if (!allows(template.type)) throw new Refusal(50025);
	const signature = readSignature(state, application, body.sign_id);
	const { settings } = state;
	if (template.type === 3 && settings.marketingAtNight === 'refuse' && !isDaytimeInChina(state.now())) {
		throw new Refusal(50009);
	}
	return {
		template,
		compiled: compileTemplate(template.template),
		signId: signature.sign_id,
		before: `【${signature.sign}】`,
		after: template.type === 3 ? settings.optOutPhrase : '',
	};
}
