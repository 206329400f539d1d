import { Refusal } from '../codes';
import type { AccountCall, Call, Routes } from '../serve';
import type { State } from '../state';

/** Balances: what an application has for itself, and what its account has for all. */

/** Refuses asking too often, where that is switched on. */
function checkInterval(state: State, key: string) {
	const interval = state.settings.balanceIntervalSeconds * 1000;
	if (interval === 0) return;
	const now = state.now();
	const last = state.balanceAsked.get(key);
	if (last !== undefined && now - last < interval) throw new Refusal(50009);
	state.balanceAsked.set(key, now);
}

/** GET /accounts/app */
function applicationBalance({ state, application }: Call) {
	checkInterval(state, application.app_key);
	if (!application.quota) throw new Refusal(50033);
	const { balance, voice, industry, market } = application.quota;
	return { body: { app_balance: balance, app_voice: voice, app_industry: industry, app_market: market } };
}

/** GET /accounts/dev */
function accountBalance({ state, account }: AccountCall) {
	checkInterval(state, account.dev_key);
	const { balance, voice, industry, market } = account.quota;
	return { body: { dev_balance: balance, dev_voice: voice, dev_industry: industry, dev_market: market } };
}

export const accounts: Routes = {
	'/accounts/app': { GET: { handle: applicationBalance } },
	'/accounts/dev': { GET: { signIn: 'account', handle: accountBalance } },
};
