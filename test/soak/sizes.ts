export type SizeName = 'big' | 'small';

/**
 * A day: so many executions with so many single sends each. After every `pollEvery` executions the poller looks for
 * reports once and some callbacks come in.
 */
export interface Size {
	executions: number;
	sends: number;
	pollEvery: number;
	callbacks: number;
}

export const SIZES: Record<SizeName, Size> = {
	big: { executions: 2_000, sends: 50, pollEvery: 10, callbacks: 25 },
	small: { executions: 100, sends: 20, pollEvery: 10, callbacks: 25 },
};
