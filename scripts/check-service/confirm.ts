import { MOST_SMS } from './send';

/** Asks a person; only a terminal can be asked. */
export type Ask = (question: string) => Promise<string>;

/** @throws {Error} a sentence, unless the person types the last four digits of the number */
export async function confirmSending(number: string, ask: Ask | undefined): Promise<void> {
	if (!ask) throw new Error('Sending must be confirmed by a person at a terminal. Nothing was sent.');
	const shown = `${number.slice(0, 3)}****${number.slice(-4)}`;
	const typed = await ask(
		[
			`This sends up to ${MOST_SMS} SMS to ${shown}, and they are paid for: two at once; a third is scheduled and deleted.`,
			'Then it reads the delivery reports. JSMS hands each report out once: those of other messages are written to a file.',
			'Type the last four digits of the number to go on: ',
		].join('\n'),
	);
	if (typed.trim() !== number.slice(-4)) throw new Error('Not confirmed. Nothing was sent.');
}
