/**
 * What may happen although it looks like a broken law. Each is a sentence of docs/send-safety.md or docs/verification.md, word for
 * word: nothing is exempt that users are not told.
 */
export const EXEMPTIONS = {
	sameMoment: 'Two processes that use the same Send Once Key at the same moment can both send.',
	keysForgotten: 'A node remembers its last 100,000 Send Once Keys; an older one counts as new.',
	unknownKeepsKey:
		'A key whose message has the result unknown stays used, although the message may not have been sent.',
	crashKeepsKey: 'A key that was recorded right before a process died stays used, although nothing was sent.',
	stoodStill:
		"When a process stands still in the middle of a call of n8n's dedupe store, such as on a computer that sleeps, Send Once Keys that other processes use meanwhile count as new again.",
	storeKeepsKey:
		"While n8n's dedupe store refuses calls or does not respond, or another process writes to it at the same moment, the key of a message that was not sent can stay used.",
	crashWithoutRows: 'A process that dies gives no rows, and neither does n8n for a run that is canceled.',
	noteRefused:
		"When n8n's dedupe store writes a run's note but reports an error, recipients without a usable key come out as unknown, although nothing was sent.",
	noteLost:
		"n8n's dedupe store can fail to keep a run's note: it refuses the call, does not respond in time, or another process writes to it at the same moment. When n8n 1.x then repeats that run after a crash, recipients without a key can get the message again, and what the first try sent can be reported as failed or already sent, or not at all.",
	codeInTwoProcesses:
		'If JSMS does not respond to the check of a code and the visitor submits the code to another process as well, the workflow can start twice.',
} as const;

export type Exemption = keyof typeof EXEMPTIONS;
