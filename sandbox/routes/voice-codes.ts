import { randomInt } from 'node:crypto';
import { Refusal } from '../codes';
import { checkMobile } from '../send/recipient';
import { Acceptance } from '../send/accept';
import { spokenText } from '../send/text';
import type { Call, Routes } from '../serve';
import type { Settings } from '../settings';

/** Verification codes by voice call. They need no template and no signature, and are verified like text codes. */

/** @returns the code to speak */
function readCode(given: unknown): string {
	if (given === undefined || given === null) return String(randomInt(0, 1_000_000)).padStart(6, '0');
	if (typeof given !== 'string' && typeof given !== 'number') throw new Refusal(50039);
	const code = String(given);
	if (!/^\d*$/.test(code)) throw new Refusal(50039);
	if (code.length < 4 || code.length > 8) throw new Refusal(50038);
	return code;
}

/** @returns Chinese when none is given: undocumented */
function readLanguage(given: unknown): 0 | 1 | 2 {
	if (given === undefined || given === null) return 0;
	const language = ([0, 1, 2] as const).find((known) => given === known || given === String(known));
	if (language === undefined) throw new Refusal(50040);
	return language;
}

/** @returns seconds */
function readTtl(given: unknown, settings: Settings): number {
	if (given === undefined || given === null) return 60;
	const ttl = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
	if (ttl === 0 && settings.voiceTtlZero === 'default') return 60;
	if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > settings.voiceTtlMax)
		throw new Refusal(50041);
	return ttl;
}

/** POST /voice_codes */
function sendVoiceCode({ state, application, body, request, newId }: Call) {
	const number = checkMobile(body.mobile, state.settings);
	if ('code' in number) throw new Refusal(number.code);
	const code = readCode(body.code);
	const language = readLanguage(body.voice_lang);
	const ttl = readTtl(body.ttl, state.settings);
	const acceptance = new Acceptance(state, application, 'voice');
	const reservation = acceptance.reserveText(number.mobile, spokenText(code, language), 1, {});
	if ('code' in reservation) throw new Refusal(reservation.code);
	const msgId = newId();
	acceptance.commit(reservation, {
		msg_id: msgId,
		kind: 'voice',
		temp_id: null,
		sign_id: null,
		tag: null,
		request,
		code,
	});
	state.verification.issue(msgId, application.app_key, code, state.now() + ttl * 1000);
	return { body: { msg_id: msgId } };
}

export const voiceCodes: Routes = {
	'/voice_codes': {
		POST: { sends: true, takesBody: true, optional: ['code', 'voice_lang', 'ttl'], handle: sendVoiceCode },
	},
};
