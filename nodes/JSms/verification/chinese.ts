import type { Problem } from './problems';
import { timeOf, type Texts } from './textTypes';

/** The only file with Chinese texts for visitors. They follow the habits of Chinese websites. */
export const ZH: Texts = {
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
