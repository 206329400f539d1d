import { SETTINGS } from '../../sandbox/settings-table';

/** A switch of the sandbox in another position than the one it starts in. */
export interface Position {
	name: string;
	value: unknown;
}

/** Positions worth trying of switches that take more than a few values. */
const OTHERS: Record<string, readonly unknown[]> = {
	maxBodyBytes: [10_000],
	wholeRequestCodes: [[50006]],
	balanceIntervalSeconds: [5],
	sendTimeOffsetMinutes: [0],
	scheduleHorizonDays: [30, 365],
	repeatWindowSeconds: [600],
};

/** Every position of every switch that a response could show. Which of them do is found out by asking the sandbox. */
export const POSITIONS: readonly Position[] = Object.entries(SETTINGS).flatMap(([name, setting]) =>
	(setting.choices ?? [setting.default, ...(OTHERS[name] ?? [])])
		.filter((value) => value !== setting.default)
		.map((value) => ({ name, value })),
);

export const positionText = ({ name, value }: Position): string => `${name} = ${JSON.stringify(value)}`;
