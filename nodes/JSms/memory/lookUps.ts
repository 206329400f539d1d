/**
 * What look-ups in n8n's dedupe store decide. Pure; times are milliseconds on a monotonic clock.
 *
 * n8n reads and writes a record as a whole and without a lock, so a process that read before our write and writes after it
 * undoes the write. A look-up finds that out and, because n8n's call records what it asks for, writes it again.
 */

/** How often one write is looked up while it keeps being undone, or while the store does not respond. */
const MAX_LOOK_UPS = 5;

/** No wait for a look-up grows beyond this, however slow a call was. */
const MAX_WAIT_MS = 1_000;

/** So many undisturbed look-ups make a process count as the only one that writes; more of them once another was noticed. */
const QUIET_LOOK_UPS = { atFirst: 10, afterOthers: 100 };

/** Long enough for a call of another process that read before our write to have written in turn. */
export function safeWait(callTookMs: number): number {
	return Math.min(30 + 3 * callTookMs, MAX_WAIT_MS);
}

/** What a look-up came to: everything in place, something missing, or no response. */
export type Finding = 'complete' | 'missing' | 'noResponse';

/**
 * What to do about a write after a look-up: nothing, look it up again, or look it up late, because another process may have
 * paused between reading and writing.
 * @param lookUps how many there were, with this one
 * @param wasFound true where an earlier one found it complete
 * @param isAlone  whether this process counts as the only one that writes
 */
export function afterLookUp(
	finding: Finding,
	{ lookUps, wasFound, isAlone }: { lookUps: number; wasFound: boolean; isAlone: boolean },
): 'done' | 'again' | 'late' {
	if (finding === 'complete' && (wasFound || isAlone)) return 'done';
	if (lookUps >= MAX_LOOK_UPS) return 'done';
	return finding === 'complete' ? 'late' : 'again';
}

/** What the look-ups of a process tell about others that write the same records. */
export class Neighbors {
	private quiet = 0;

	private needed = QUIET_LOOK_UPS.atFirst;

	/** When a look-up last counted: look-ups of the same time tell no more than one. */
	private countedAt = Number.NEGATIVE_INFINITY;

	/** True once enough look-ups were undisturbed. */
	get none(): boolean {
		return this.quiet >= this.needed;
	}

	/** @param writtenAt when the write was made that was looked up */
	learn(finding: Finding, { writtenAt, now }: { writtenAt: number; now: number }): void {
		if (finding === 'missing') {
			this.quiet = 0;
			this.needed = QUIET_LOOK_UPS.afterOthers;
		} else if (finding === 'complete' && writtenAt >= this.countedAt) {
			this.quiet += 1;
			this.countedAt = now;
		}
	}
}
