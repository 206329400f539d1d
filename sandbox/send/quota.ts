import type { State } from '../state';
import type { Application, Balances } from '../seed';
import type { Kind } from './frequency';

/** Pays for messages. Units are billed segments; a voice call costs one. A message is paid whole from one balance. */

export type Purse = { quota: Balances; bucket: keyof Balances };

/** Kind-specific balance of each kind of message. */
const BUCKETS = { voice: 'voice', code: 'industry', notification: 'industry', marketing: 'market' } as const;

/** The balances a message may be paid from, in order. */
export function pursesFor(state: State, application: Application, kind: Kind): Purse[] {
	const { settings } = state;
	const account = state.accounts.developers.get(application.dev_key);
	const own = application.quota;
	const quotas = {
		applicationThenAccount: [own, account?.quota],
		accountThenApplication: [account?.quota, own],
		applicationOnly: [own ?? account?.quota],
	}[settings.quotaSource];
	const buckets: (keyof Balances)[] = [BUCKETS[kind], 'balance'];
	if (settings.quotaBucket === 'generalFirst') buckets.reverse();
	const purses: Purse[] = [];
	for (const quota of quotas) if (quota) for (const bucket of buckets) purses.push({ quota, bucket });
	return purses;
}

/** @returns the balance it was taken from; undefined: none is enough */
export function pay(purses: Purse[], segments: number): Purse | undefined {
	const purse = purses.find(({ quota, bucket }) => (quota[bucket] ?? 0) >= segments);
	if (purse) purse.quota[purse.bucket] = (purse.quota[purse.bucket] ?? 0) - segments;
	return purse;
}

/** Gives back what was taken. */
export function refund(purse: Purse, segments: number) {
	purse.quota[purse.bucket] = (purse.quota[purse.bucket] ?? 0) + segments;
}
