interface Entry<V> {
	value: V;
	/** When it was written, in milliseconds. */
	at: number;
}

/**
 * A map that forgets: entries after a fixed time, and the oldest entries when it is full. Visitors cannot make it grow without
 * bound. Times are milliseconds on a monotonic clock, so that a change of the system's clock frees nobody from a limit.
 */
export class ExpiringMap<V> {
	/** In the order in which they were written, which is the order in which they expire. */
	private readonly entries = new Map<string, Entry<V>>();

	/**
	 * @param lifetime milliseconds from the last write of an entry
	 * @param capacity how many entries are kept
	 */
	constructor(
		readonly lifetime: number,
		readonly capacity: number,
	) {}

	get size(): number {
		return this.entries.size;
	}

	/** What was written under the key; undefined once it has expired. */
	get(key: string, now: number): V | undefined {
		const entry = this.entries.get(key);
		return entry && now - entry.at < this.lifetime ? entry.value : undefined;
	}

	/** Writes an entry, whose time starts anew, and removes what has expired or has no room. */
	set(key: string, value: V, now: number): void {
		this.entries.delete(key);
		this.entries.set(key, { value, at: now });
		for (const [oldest, { at }] of this.entries) {
			if (now - at < this.lifetime && this.entries.size <= this.capacity) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
