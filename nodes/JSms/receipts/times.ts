/** Plausible times as epoch milliseconds, from 2001 to the year 9999: a count of seconds does not pass for one. */
const EARLIEST = 1e12;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Zone of times without one, in minutes. JSMS does not document it: the wall clock in China is an assumption. */
const ZONE = 8 * 60;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2023-11-15 06:13:20.123456`, also with a `T`, with or without a zone. */
const ISO_LIKE = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** `Wed Nov 15 06:13:20 CST 2023`, as Java prints a date in China. */
const JAVA_LIKE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) CST (\d{4})$/;

/**
 * Reads a time of a receipt: epoch milliseconds as documented, as number or text, or one of the date strings that clients of
 * the service have met ("Callbacks"; jiguang-sdk-go).
 *
 * @returns ISO 8601 in UTC; null for what cannot be read, because a guess would pass for a fact
 */
export function toIsoTime(value: unknown): string | null {
	const time = typeof value === 'string' ? readTimeText(value.trim()) : value;
	if (typeof time !== 'number' || !(time >= EARLIEST && time <= LATEST)) return null;
	return new Date(time).toISOString();
}

function readTimeText(text: string): number | undefined {
	if (/^\d+$/.test(text)) return Number(text);
	const iso = ISO_LIKE.exec(text);
	if (iso) {
		const [, year, month, day, hour, minute, second, fraction = '', zone] = iso;
		const millisecond = fraction.padEnd(3, '0').slice(0, 3);
		return instantOf([year, month, day, hour, minute, second, millisecond].map(Number), zoneOf(zone));
	}
	const java = JAVA_LIKE.exec(text);
	if (!java) return undefined;
	const [, name, day, hour, minute, second, year] = java;
	return instantOf([year, MONTHS.indexOf(name) + 1, day, hour, minute, second, 0].map(Number), ZONE);
}

/** Minutes east of UTC. */
function zoneOf(text: string | undefined): number {
	if (text === undefined) return ZONE;
	if (text === 'Z') return 0;
	const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
	return text.startsWith('-') ? -minutes : minutes;
}

/** Undefined where the parts make no date, such as the 31st of February. */
function instantOf(parts: number[], zone: number): number | undefined {
	const [year, month, day, hour, minute, second, millisecond] = parts;
	const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millisecond));
	const read = [
		wall.getUTCFullYear(),
		wall.getUTCMonth() + 1,
		wall.getUTCDate(),
		wall.getUTCHours(),
		wall.getUTCMinutes(),
		wall.getUTCSeconds(),
	];
	return read.every((part, index) => part === parts[index]) ? wall.getTime() - zone * 60_000 : undefined;
}
