import { ZH } from './chinese';
import { EN } from './english';
import type { Texts } from './textTypes';

export type { Texts } from './textTypes';

export type Language = 'visitor' | 'zh' | 'en';

/**
 * The texts in the language of the visitor, or in the one that was set. English for visitors of other languages.
 * @param acceptLanguage the header of that name
 */
export function textsFor(language: Language, acceptLanguage: unknown): Texts {
	if (language !== 'visitor') return language === 'zh' ? ZH : EN;
	const wishes = String(acceptLanguage ?? '')
		.slice(0, 500)
		.split(',')
		.map((wish) => /^\s*(zh|en)\b[^;]*(?:;\s*q=([\d.]+))?/i.exec(wish))
		.flatMap((match) => (match ? [{ language: match[1].toLowerCase(), weight: Number(match[2] ?? 1) }] : []))
		.filter(({ weight }) => weight > 0);
	const [best] = wishes.sort((one, other) => other.weight - one.weight);
	return best?.language === 'zh' ? ZH : EN;
}
