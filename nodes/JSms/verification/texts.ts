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

const EN: Texts = {
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

const ZH: Texts = {
	lang: 'zh-CN',
	startTitle: '验证手机号',
	startDescription: '我们会向您的手机发送短信验证码。',
	mobile: '手机号',
	mobileHint: '中国大陆 11 位手机号',
	required: '必填',
	optional: '选填',
	leaveEmpty: '请勿填写此项',
	send: '获取验证码',
	codeTitle: '输入验证码',
	codeSent: (mobile) => `验证码已发送至 ${mobile}，短信可能需要一分钟送达。`,
	codeMaybeSent: (mobile) => `暂时无法确认验证码是否已发送至 ${mobile}。`,
	code: '验证码',
	verify: '验证',
	resend: '重新获取',
	resendIn: '%n 秒后重新获取',
	changeNumber: '更换手机号',
	doneTitle: '手机号验证成功',
	doneDescription: '您可以关闭此页面。',
	redirectDescription: '正在跳转到下一页。',
	continue: '继续',
	failedTitle: '操作失败',
	failedDescription: '手机号已验证，但后续操作失败，请稍后再试。',
	problem: (problem, label) => chineseProblem(problem, label ?? problem.field ?? ''),
};

function chineseProblem({ error, retryAfter, triesLeft = 0, reason }: Problem, label: string): string {
	switch (error) {
		case 'missing_mobile':
			return '请输入手机号。';
		case 'invalid_mobile':
			return '请输入正确的 11 位中国大陆手机号。';
		case 'missing_field':
			return `请填写“${label}”。`;
		case 'missing_code':
			return '请输入验证码。';
		case 'bad_request':
			if (reason === 'tooLong') return `“${label}”不能超过 500 个字符。`;
			if (reason === 'noEmail') return `“${label}”不是有效的邮箱地址。`;
			return '请求格式有误。';
		case 'start_again':
			return '页面已过期，请重新获取验证码。';
		case 'forbidden':
			return '不允许此请求。';
		case 'not_found':
			return '此地址没有内容。';
		case 'used_code':
			return '验证码已使用，请重新获取。';
		case 'expired_code':
			return '验证码已过期，请重新获取。';
		case 'wrong_code':
			return triesLeft === 0 ? '验证码错误，请重新获取。' : `验证码错误，还可以尝试 ${triesLeft} 次。`;
		case 'too_soon':
			return `请在 ${chineseTime(retryAfter)}后重新获取验证码。`;
		case 'too_many_codes':
			return `获取验证码过于频繁，请在 ${chineseTime(retryAfter)}后再试。`;
		case 'too_many_tries':
			return '错误次数过多，请重新获取验证码。';
		case 'busy':
			return `当前请求过多，请在 ${chineseTime(retryAfter)}后再试。`;
		case 'not_ready':
			return '此页面尚未正确设置，请稍后再试。';
		case 'not_sent':
			return '验证码发送失败，请稍后再试。';
		case 'maybe_sent':
			return '验证码可能没有发送成功。如未收到短信，请重新获取。';
		case 'not_checked':
			return '暂时无法验证，请再试一次。';
	}
}

function chineseTime(seconds = 60): string {
	const [count, unit] = timeOf(seconds);
	return `${count} ${['秒', '分钟', '小时'][unit]}`;
}

/** A time in words that people can use: seconds up to two minutes, then minutes, then hours; never too short. */
function timeOf(seconds: number): [count: number, unit: 0 | 1 | 2] {
	if (seconds <= 120) return [seconds, 0];
	return seconds <= 7200 ? [Math.ceil(seconds / 60), 1] : [Math.ceil(seconds / 3600), 2];
}

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
