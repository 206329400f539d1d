import { splitBound } from './split';

/** Takes something back that was noted before a request. */
export type Note = () => Promise<void>;

/** A planned request and what it was split into. */
export interface Family {
	/** Extra requests that splitting may still cost. */
	left: number;
	/** Parts without a result. */
	open: number;
	/** True when a part was, or may have been, sent. */
	sent: boolean;
	/** What to do when nothing of it was sent. */
	notes: Array<Note | undefined>;
}

/** @param size recipients of the planned request */
export function newFamily(size: number): Family {
	return { left: splitBound(size), open: 1, sent: false, notes: [] };
}

/** Taking a note back is a courtesy: when it fails, results must not get lost over it. */
export async function quietly(note: Note | undefined): Promise<void> {
	try {
		await note?.();
	} catch {
		// The note stays: what it stands for is not sent again, which is the safe side.
	}
}
