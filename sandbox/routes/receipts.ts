import { Refusal } from '../codes';
import type { Call, Routes } from '../serve';
import type { Receipts } from '../receipts';

/** Receipts ("inquire" page): pulling hands a record out once and for all. */

const pull =
	(kind: 'report' | 'reply', take: (receipts: Receipts, appKey: string, atMost: number) => unknown[]) =>
	({ state, application }: Call) => {
		const { settings } = state;
		const none = settings.noReceipts === 'list' ? [] : null;
		if (settings.pullWithCallbacks !== 'allow' && state.hasCallback(application.app_key, kind)) {
			if (settings.pullWithCallbacks === 'refuse') throw new Refusal(50016);
			return { body: none };
		}
		const asked = `${kind} ${application.app_key}`;
		const last = state.pulledAt.get(asked);
		const now = state.now();
		if (last !== undefined && now - last < settings.pullIntervalSeconds * 1000) {
			if (settings.pullTooSoon === 'refuse') throw new Refusal(50009);
			return { body: none };
		}
		state.pulledAt.set(asked, now);
		const records = take(state.receipts, application.app_key, settings.receiptsPerPull);
		return { body: records.length > 0 ? records : none };
	};

export const receipts: Routes = {
	'/report': { GET: { handle: pull('report', (receipts, key, most) => receipts.takeReports(key, most)) } },
	'/reply': { GET: { handle: pull('reply', (receipts, key, most) => receipts.takeReplies(key, most)) } },
};
