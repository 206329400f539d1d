import type { TemplateParameters } from './recipient';
import { isRecord } from './json';
import { missingNames, renderText } from './templateText';
import { charactersOf, unitsOf } from './units';
import { MARKETING, OPT_OUT_PHRASE, type KnownTemplate } from './wholeSms';

/** Balances that pay for one group of kinds only ("Account" page: `*_industry`, `*_market`). */
export type Group = 'industry' | 'market';

/** What an application has for itself, in units; null where nothing is assigned. */
export interface Balance extends Record<Group, number | null> {
	/** For every kind of SMS. */
	general: number | null;
}

/** Why a balance is not enough. */
export interface Shortfall {
	needed: number;
	available: number;
	/** The kinds that are concerned, in words. */
	kinds: string;
}

/** The fewest characters that a signature can have: 【】 with two inside. */
const LEAST_SIGNATURE = 4;

const GROUP_OF_TYPE = new Map<number, Group>([
	[1, 'industry'],
	[2, 'industry'],
	[MARKETING, 'market'],
]);

/** The kinds that a group is for, in words. */
export const KINDS: Record<Group, string> = { industry: 'codes and notifications', market: 'marketing' };

/** The group a template's SMS are paid from; undefined for a type that is not documented. */
export function groupOf({ type }: KnownTemplate): Group | undefined {
	return GROUP_OF_TYPE.get(type);
}

/**
 * The units that an SMS costs at least, whatever its signature, where that is not known.
 * None for one with missing parameters, because the service refuses it.
 */
export function leastUnits(template: KnownTemplate, values: TemplateParameters, signature: string | undefined): number {
	if (missingNames(template.names, (name) => Object.hasOwn(values, name)).length > 0) return 0;
	const front = signature === undefined ? LEAST_SIGNATURE : charactersOf(`【${signature}】`);
	const back = template.type === MARKETING ? charactersOf(OPT_OUT_PHRASE) : 0;
	return unitsOf(front + charactersOf(renderText(template, values)) + back);
}

/** The balance in the response of GET /accounts/app; undefined where it is none. */
export function readBalance(body: unknown): Balance | undefined {
	if (!isRecord(body) || !('app_balance' in body || 'app_industry' in body || 'app_market' in body)) return undefined;
	const [general, industry, market] = [body.app_balance, body.app_industry, body.app_market].map(readAmount);
	if (general === undefined || industry === undefined || market === undefined) return undefined;
	return { general, industry, market };
}

/** True when nothing is assigned that could pay for these kinds. */
export function lacksBalance(balance: Balance, group: Group): boolean {
	return balance.general === null && balance[group] === null;
}

/**
 * Tells whether a balance certainly cannot pay. Which of its parts pays first is not documented, so all that may pay for a
 * group count for it.
 * @param needed units by group
 */
export function findShortfall(needed: Record<Group, number>, balance: Balance): Shortfall | undefined {
	const { general, industry, market } = {
		general: balance.general ?? 0,
		industry: balance.industry ?? 0,
		market: balance.market ?? 0,
	};
	const claims: Shortfall[] = [
		{ needed: needed.industry, available: general + industry, kinds: KINDS.industry },
		{ needed: needed.market, available: general + market, kinds: KINDS.market },
		{ needed: needed.industry + needed.market, available: general + industry + market, kinds: 'all kinds' },
	];
	return claims.find((claim) => claim.needed > claim.available);
}

/** An amount as number or text, null for what is not assigned; undefined for anything else. */
function readAmount(value: unknown): number | null | undefined {
	if (value === null || value === undefined) return null;
	const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;
}
