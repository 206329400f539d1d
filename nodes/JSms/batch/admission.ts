import type { Recipient, Result } from '../model/recipient';

/** Decides right before a planned request starts who must not be sent to. */
export interface Admission {
	/** The results of those who must not be sent to, by recipient; must not throw. */
	admit: (recipients: Recipient[]) => Promise<Array<Result | undefined>>;
	/** Makes recipients free again to whom certainly nothing was sent; must not throw. */
	release: (recipients: Recipient[]) => Promise<void>;
}
