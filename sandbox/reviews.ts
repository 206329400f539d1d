export interface Review {
	kind: 'template' | 'signature';
	id: number;
	/** whose it is */
	appKey: string;
	/** ms since 1970 on the sandbox's clock */
	due: number;
}

/** The review of templates and signatures: under review (0) until a person, or the delay of a setting, decides. */
export class Reviews {
	waiting: Review[] = [];

	constructor(
		readonly now: () => number,
		readonly decide: (kind: Review['kind'], id: number, status: 1 | 2, reason: string | null, appKey: string) => void,
	) {}

	reset() {
		this.waiting.length = 0;
	}

	/** @param delay ms; 0: until somebody decides */
	begin(kind: Review['kind'], id: number, appKey: string, delay: number) {
		this.end(kind, id, appKey);
		if (delay > 0) this.waiting.push({ kind, id, appKey, due: this.now() + delay });
	}

	end(kind: Review['kind'], id: number, appKey: string) {
		this.waiting = this.waiting.filter((one) => one.kind !== kind || one.id !== id || one.appKey !== appKey);
	}

	/** When the next review ends by itself; Infinity: none does. */
	nextDue() {
		return Math.min(...this.waiting.map(({ due }) => due));
	}

	/** Approves what is due. */
	decideDue() {
		if (this.waiting.length === 0) return;
		const now = this.now();
		for (const { kind, id, appKey } of this.waiting.filter(({ due }) => due <= now))
			this.decide(kind, id, 1, null, appKey);
	}
}
