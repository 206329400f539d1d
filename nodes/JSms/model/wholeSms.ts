import type { TemplateParameters } from './recipient';
import { renderText, type Template } from './templateText';

/** A template as the service describes it. */
export interface KnownTemplate extends Template {
	/** 1 verification code, 2 notification, 3 marketing; NaN where the service does not say. */
	type: number;
}

export const MARKETING = 3;

/** "Reply R to refuse", which ends every marketing SMS; its wording cannot be changed (console page "Other settings"). */
export const OPT_OUT_PHRASE = '拒收请回复R';

/**
 * The SMS as the phone shows it: 【signature】, text, and for marketing how to opt out ("Terminology" page).
 * @param signature without brackets; none: as it would be without a signature
 */
export function wholeSms(template: KnownTemplate, values: TemplateParameters, signature: string | undefined): string {
	const front = signature === undefined ? '' : `【${signature}】`;
	return `${front}${renderText(template, values)}${template.type === MARKETING ? OPT_OUT_PHRASE : ''}`;
}
