import { compileTemplate } from '../../../nodes/JSms/model/templateText';
import { wholeSms } from '../../../nodes/JSms/model/wholeSms';

const template = (type: number) => ({ ...compileTemplate('{{name}}您好'), type });

it.each([
	['a notification has its signature in front', 2, '示例科技', '【示例科技】李雷您好'],
	['a code as well', 1, '示例科技', '【示例科技】李雷您好'],
	['marketing tells how to opt out', 3, '示例科技', '【示例科技】李雷您好拒收请回复R'],
	['without a known signature the text begins', 2, undefined, '李雷您好'],
	['where the type is not known nothing is added', Number.NaN, undefined, '李雷您好'],
])('%s', (_, type, signature, sms) => {
	expect(wholeSms(template(type), { name: '李雷' }, signature)).toBe(sms);
});
