import type { Problem } from './problems';
import { timeOf, type Texts } from './textTypes';

/** For visitors whose browser does not ask for Chinese. */
export const EN: Texts = {
	lang: 'en',
	startTitle: 'Verify your mobile number',
	startDescription: 'We will send a code to your phone by SMS.',
	mobile: 'Mobile number',
	mobileHint: 'Mainland China, 11 digits',
	required: 'required',
	optional: 'optional',
	leaveEmpty: 'Leave this field empty',
	send: 'Send code',
	codeTitle: 'Enter the code',
	codeSent: (mobile) => `We sent a code to ${mobile}. It can take a minute to arrive.`,
	codeMaybeSent: (mobile) => `We could not confirm that a code was sent to ${mobile}.`,
	code: 'Code',
	verify: 'Verify',
	resend: 'Send a new code',
	resendIn: 'Send a new code in %n s',
	changeNumber: 'Use another number',
	doneTitle: 'Your number is verified',
	doneDescription: 'You can close this page.',
	redirectDescription: 'You are being taken to the next page.',
	continue: 'Continue',
	failedTitle: 'Something went wrong',
	failedDescription: 'Your number was verified, but the next step failed. Try again later.',
	problem: (problem, label) => englishProblem(problem, label ?? problem.field ?? ''),
};

function englishProblem({ error, retryAfter, triesLeft = 0, reason }: Problem, label: string): string {
	switch (error) {
		case 'missing_mobile':
			return 'Enter your mobile number.';
		case 'invalid_mobile':
			return 'Enter a mobile number of mainland China with 11 digits.';
		case 'missing_field':
			return `Fill in "${label}".`;
		case 'missing_code':
			return 'Enter the code.';
		case 'bad_request':
			if (reason === 'tooLong') return `"${label}" may have at most 500 characters.`;
			if (reason === 'noEmail') return `"${label}" is not an email address.`;
			return 'The request could not be read.';
		case 'start_again':
			return 'This page has expired. Request a new code.';
		case 'forbidden':
			return 'This request is not allowed.';
		case 'not_found':
			return 'There is nothing at this address.';
		case 'used_code':
			return 'This code was already used. Request a new code.';
		case 'expired_code':
			return 'This code has expired. Request a new code.';
		case 'wrong_code':
			if (triesLeft === 0) return 'This code is not right. Request a new code.';
			return `This code is not right. ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`;
		case 'too_soon':
			return `Wait ${englishTime(retryAfter)} before you request another code.`;
		case 'too_many_codes':
			return `Too many codes were requested. Try again in ${englishTime(retryAfter)}.`;
		case 'too_many_tries':
			return 'Too many wrong codes. Request a new code.';
		case 'busy':
			return `Too many people are requesting codes. Try again in ${englishTime(retryAfter)}.`;
		case 'not_ready':
			return 'This page is not set up correctly. Try again later.';
		case 'not_sent':
			return 'The code could not be sent. Try again later.';
		case 'maybe_sent':
			return 'The code may not have been sent. If no SMS arrives, request a new code.';
		case 'not_checked':
			return 'The code could not be checked. Try again.';
	}
}

function englishTime(seconds = 60): string {
	const [count, unit] = timeOf(seconds);
	return `${count} ${['second', 'minute', 'hour'][unit]}${count === 1 ? '' : 's'}`;
}
