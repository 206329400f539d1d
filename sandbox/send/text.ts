/** Texts as the service makes them: 【signature】 + rendered template (+ opt-out phrase), and what they cost. */

/** text pieces and the variables between them */
export type CompiledTemplate = { fixed: string[]; names: string[] };

export function compileTemplate(template: string): CompiledTemplate {
	const pieces = template.split(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/);
	return {
		fixed: pieces.filter((_, index) => index % 2 === 0),
		names: pieces.filter((_, index) => index % 2 === 1),
	};
}

/** @param values every name of the template must be there */
export function renderTemplate({ fixed, names }: CompiledTemplate, values: Record<string, string>) {
	let text = fixed[0];
	for (let index = 0; index < names.length; index++) text += values[names[index]] + fixed[index + 1];
	return text;
}

/** Characters as billed: each counts 1, also those outside the Basic Multilingual Plane, a line break 2, whichever it is. */
export function billedLength(text: string) {
	let length = text.length;
	if (/[\ud800-\udbff]/.test(text)) length = [...text].length;
	for (const lineBreak of text.match(/\r\n?|\n/g) ?? []) length += 2 - lineBreak.length;
	return length;
}

/** Billed units: up to 70 characters one, longer texts one for every 67 begun. */
export function segmentsOf(length: number) {
	return length <= 70 ? 1 : Math.ceil(length / 67);
}

/**
 * What a voice call says.
 * @param language 0 Chinese, 1 English, 2 both
 */
export function spokenText(code: string, language: 0 | 1 | 2) {
	const digits = code.split('').join(' ');
	const chinese = `您的验证码是：${digits}`;
	const english = `Your verification code is: ${digits}`;
	return [chinese, english, `${chinese}。${english}`][language];
}
