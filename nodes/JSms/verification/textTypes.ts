import type { Problem } from './problems';

/** Everything that visitors read, and the messages of the JSON protocol. Chinese follows the habits of Chinese websites. */
export interface Texts {
	/** For the `lang` attribute. */
	lang: string;
	startTitle: string;
	startDescription: string;
	mobile: string;
	mobileHint: string;
	required: string;
	optional: string;
	leaveEmpty: string;
	send: string;
	codeTitle: string;
	/** @param mobile masked */
	codeSent: (mobile: string) => string;
	codeMaybeSent: (mobile: string) => string;
	code: string;
	verify: string;
	resend: string;
	/** `%n` stands for the seconds. */
	resendIn: string;
	changeNumber: string;
	doneTitle: string;
	doneDescription: string;
	redirectDescription: string;
	continue: string;
	failedTitle: string;
	failedDescription: string;
	problem: (problem: Problem, label?: string) => string;
}

/** A time in words that people can use: seconds up to two minutes, then minutes, then hours; never too short. */
export function timeOf(seconds: number): [count: number, unit: 0 | 1 | 2] {
	if (seconds <= 120) return [seconds, 0];
	return seconds <= 7200 ? [Math.ceil(seconds / 60), 1] : [Math.ceil(seconds / 3600), 2];
}
