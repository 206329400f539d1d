/** What a sandbox holds when it starts and after a reset. All of it is invented. */

export interface Application {
	app_key: string;
	master_secret: string;
	/** the account it belongs to */
	dev_key: string;
	note: string;
	/** false: 50035 */
	ip_allowed: boolean;
	/** false: 50008 */
	service_on: boolean;
	/** true: 50036 */
	blacklisted: boolean;
	/** own quota in segments; null: none assigned (50033) */
	quota: Balances | null;
}

export interface Account {
	dev_key: string;
	dev_secret: string;
	note: string;
	quota: Balances;
}

export type Balances = { balance: number | null; voice: number | null; industry: number | null; market: number | null };

export interface Template {
	temp_id: number;
	template: string;
	/** 1 verification code, 2 notification, 3 marketing */
	type: 1 | 2 | 3;
	/** seconds, code templates only */
	ttl?: number;
	remark: string;
	/** 0 under review, 1 approved, 2 rejected */
	status: 0 | 1 | 2;
	/** through the API */
	written?: boolean;
	/** of a rejection; only the callback tells it */
	refuse_reason?: string | null;
}

export interface Signature {
	sign_id: number;
	sign: string;
	status: 0 | 1 | 2;
	is_default: 0 | 1;
	use_status: 0 | 1;
	/** through the API; such a one under review holds others back */
	written?: boolean;
	type?: number | null;
	remark?: string;
	/** fields of the pictures that came along */
	images?: string[];
	refuse_reason?: string | null;
}

/** Number of the application without signatures: 50046. */
const SIGNATURELESS = 7;

export function applications(): Application[] {
	const application = (number: number, note: string, differs: Partial<Application> = {}): Application => ({
		app_key: `exampleappkey0000000000${number}`,
		master_secret: `dummymastersecret000000${number}`,
		dev_key: 'exampledevkey00000000001',
		note,
		ip_allowed: true,
		service_on: true,
		blacklisted: false,
		quota: { balance: 100000, voice: 1000, industry: null, market: 0 },
		...differs,
	});
	return [
		application(1, 'everything works'),
		application(2, "the caller's IP is not allowed", { ip_allowed: false }),
		application(3, 'SMS service not activated', { service_on: false }),
		application(4, "no own quota, sends from the account's", { quota: null }),
		application(5, 'blacklisted', { blacklisted: true }),
		application(6, 'nothing left to pay with', {
			dev_key: 'exampledevkey00000000002',
			quota: { balance: 0, voice: 0, industry: 0, market: 0 },
		}),
		application(SIGNATURELESS, 'no signature'),
	];
}

export function accounts(): Account[] {
	return [
		{
			dev_key: 'exampledevkey00000000001',
			dev_secret: 'dummydevsecret0000000001',
			note: 'the account of all applications but one',
			quota: { balance: 50000, voice: 80, industry: 2500, market: null },
		},
		{
			dev_key: 'exampledevkey00000000002',
			dev_secret: 'dummydevsecret0000000002',
			note: 'the account of the application with nothing left',
			quota: { balance: 0, voice: null, industry: null, market: null },
		},
	];
}

/** The same for every application. */
export function templates(): Template[] {
	return [
		{
			temp_id: 1,
			type: 1,
			ttl: 300,
			status: 1,
			remark: '通用验证码',
			template: '您的验证码是{{code}}，5分钟内有效，请勿告诉他人。',
		},
		{
			temp_id: 1250,
			type: 2,
			status: 1,
			remark: '取件通知',
			template: '您的取件码是{{number}}，请凭取件码到服务台领取包裹。',
		},
		{
			temp_id: 2001,
			type: 2,
			status: 1,
			remark: '订单通知',
			template: '尊敬的{{name}}，您的订单{{order}}预计于{{date}}送达，请保持电话畅通。',
		},
		{
			temp_id: 2002,
			type: 2,
			status: 1,
			remark: '维护通知',
			template: '系统将于今晚23:00至次日1:00进行维护，期间服务暂停，敬请谅解。',
		},
		{
			temp_id: 2003,
			type: 2,
			status: 1,
			remark: 'https://example.com/invoice 发票通知',
			template: '您的电子发票已开具，请点击{{url}}查看。',
		},
		{
			temp_id: 3001,
			type: 3,
			status: 1,
			remark: '会员营销',
			template: '{{name}}您好，本周末会员日全场八折，欢迎到店选购。',
		},
		{
			temp_id: 4001,
			type: 2,
			status: 0,
			remark: '预约通知',
			template: '您预约的{{service}}已确认，时间为{{time}}，请准时到达。',
		},
		{ temp_id: 4002, type: 2, status: 2, remark: '活动通知', template: '{{name}}您好，您参加的活动结果已公布。' },
	];
}

export function signatures(appKey: string): Signature[] {
	if (appKey.endsWith(String(SIGNATURELESS))) return [];
	return [
		{ sign_id: 37001, sign: '示例科技', status: 1, is_default: 1, use_status: 1 },
		{ sign_id: 37002, sign: '示例商城', status: 1, is_default: 0, use_status: 1 },
		{ sign_id: 37003, sign: '示例物流', status: 0, is_default: 0, use_status: 0 },
	];
}
