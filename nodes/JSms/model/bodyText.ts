/** Texts of bodies that are still in use. */
const texts = new WeakMap<object, string>();

/**
 * A body as it goes over the wire. It is written once, however often it is asked for: the memories take its fingerprint
 * before it is sent, and a thousand recipients take milliseconds to write.
 *
 * @param body of a request; must not be changed afterwards
 */
export function bodyText(body: object): string {
	let text = texts.get(body);
	if (text === undefined) {
		text = JSON.stringify(body);
		texts.set(body, text);
	}
	return text;
}
