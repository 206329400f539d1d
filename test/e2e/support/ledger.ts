import type { Sandbox } from '../../../sandbox';
import type { LedgerEntry } from '../../../sandbox/ledger';

/** The last message with a code to a number. */
export function lastCodeFor({ ledger }: Pick<Sandbox, 'ledger'>, mobile: string): LedgerEntry & { code: string } {
	const last = ledger.filter((entry) => entry.mobile === mobile).at(-1);
	if (last?.code === undefined) throw new Error(`No code was sent to ${mobile}`);
	return { ...last, code: last.code };
}
