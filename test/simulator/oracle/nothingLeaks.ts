import { APP_KEY, BASIC, MASTER_SECRET } from '../service/service';
import type { Verdict, View } from './view';

/** Whole numbers of worlds, as a text may write them; not the examples in the package's own hints. */
const NUMBER = /13[89][\s-]?1000[\s-]?\d{4}|137[\s-]?0000[\s-]?\d{4}/;
const KEYS = [APP_KEY, MASTER_SECRET, BASIC];

/** Law 6: no key and no whole phone number in what people read. */
export function nothingLeaks({ words }: View, verdict: Verdict): void {
	const withNumber = words.find((text) => NUMBER.test(text));
	if (withNumber !== undefined) verdict.say(6, 'whole number in words', withNumber.slice(0, 200));
	const withKeys = words.find((text) => KEYS.some((key) => text.replace(/\s/g, '').includes(key)));
	if (withKeys !== undefined) verdict.say(6, 'keys in words', withKeys.slice(0, 200));
}
