import type { TemplateParameters } from '../model/recipient';
import { withinSentence, type Cause } from '../model/cause';
import { asInputProblem, InputProblem } from '../model/inputProblem';
import { findShortfall, groupOf, KINDS, lacksBalance, leastUnits, readBalance, type Group } from '../model/balance';
import type { KnownTemplate } from '../model/wholeSms';
import type { Session } from './session';

/** An SMS that a run is about to send. */
export interface PlannedMessage {
	tempId: number;
	tempPara: TemplateParameters;
	/** True where a 'Send Once Key' may turn out to be used. */
	keyed: boolean;
	/** True where it replaces what was scheduled before. */
	replaces: boolean;
}

const GO_ON = "If the balance of your account pays instead, switch 'Check Balance First' off.";

/** The service's code for an application without quota of its own ("Account" page). */
const NO_QUOTA = 50033;

/**
 * Compares the units of all SMS of a run with the balance of the application, each template and the balance read once.
 * @returns why nothing may be sent: the balance is not enough, or it cannot be checked; undefined when all may be sent
 */
export async function checkBalance(
	session: Pick<Session, 'send' | 'settings' | 'template'>,
	planned: Iterable<PlannedMessage>,
): Promise<Cause | undefined> {
	try {
		const { units, notes } = await addUp(session, planned);
		const groups = (['industry', 'market'] as const).filter((group) => units[group] > 0);
		if (groups.length === 0) return undefined;
		return await compare(session, units, groups, notes);
	} catch (error) {
		const { message, hint } = asInputProblem(error, '');
		return uncheckable(message, hint);
	}
}

async function addUp(
	{ settings, template: read }: Pick<Session, 'settings' | 'template'>,
	planned: Iterable<PlannedMessage>,
): Promise<{ units: Record<Group, number>; notes: string }> {
	const templates = new Map<number, KnownTemplate & { group: Group }>();
	const units = { industry: 0, market: 0 };
	let keyed: boolean | undefined;
	let replaces: boolean | undefined;
	for (const sms of planned) {
		let template = templates.get(sms.tempId);
		if (!template) {
			const known = await read(sms.tempId);
			const group = groupOf(known);
			if (!group) throw new InputProblem(`JSMS does not say what type template ${sms.tempId} has`, '');
			template = { ...known, group };
			templates.set(sms.tempId, template);
		}
		units[template.group] += leastUnits(template, sms.tempPara, settings.signatureText);
		keyed ||= sms.keyed;
		replaces ||= sms.replaces;
	}
	const notes = [
		keyed && "Messages whose 'Send Once Key' was used before are counted as well.",
		replaces && 'The cost of the replaced schedules is not deducted.',
	];
	return { units, notes: notes.filter(Boolean).join(' ') };
}

async function compare(
	{ send }: Pick<Session, 'send'>,
	units: Record<Group, number>,
	groups: Group[],
	notes: string,
): Promise<Cause | undefined> {
	const outcome = await send({ method: 'GET', path: '/accounts/app' }, { effect: 'idempotent' });
	if (outcome.class === 'refused' && outcome.code === NO_QUOTA) {
		return uncheckable('this application has no balance of its own, so the account pays', '');
	}
	if (outcome.class !== 'accepted')
		return uncheckable(outcome.message, outcome.class === 'refused' ? outcome.hint : '');
	const balance = readBalance(outcome.body);
	if (!balance) return uncheckable('the response of JSMS holds no balance', '');
	const group = groups.find((one) => lacksBalance(balance, one));
	if (group)
		return uncheckable(`this application has no balance of its own for ${KINDS[group]}, so the account pays`, '');
	const shortfall = findShortfall(units, balance);
	if (!shortfall) return undefined;
	const { needed, available, kinds } = shortfall;
	return {
		message: `Not sent: the messages of this run need at least ${needed} unit${needed === 1 ? '' : 's'}, and the application has ${available} for ${kinds}`,
		hint: `Top up the balance in the Jiguang console (费用中心 > 资源管理 > 短信), or send fewer messages. ${notes} ${GO_ON}`.replace(
			'  ',
			' ',
		),
	};
}

function uncheckable(reason: string, hint: string): Cause {
	return {
		message: `Not sent: the balance could not be checked: ${withinSentence(reason)}`,
		hint: `${hint} ${GO_ON}`.trim(),
	};
}
