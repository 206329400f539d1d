import { startSandbox } from '../../../sandbox';

import { explain, type Explanation } from '../../../scripts/check-service/explain';
import type { Service } from '../../../scripts/check-service/http';
import type { Position } from '../../../scripts/check-service/positions';
import { predict, type Prediction } from '../../../scripts/check-service/predict';
import type { Script } from '../../../scripts/check-service/script';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export const APPLICATION = { key: 'exampleappkey00000000001', secret: 'dummymastersecret0000001' };
export const DEVELOPER = { key: 'exampledevkey00000000001', secret: 'dummydevsecret0000000001' };
/** Stands for the number of the person who runs the check. */
export const OWN_NUMBER = '13912345678';

/** A sandbox that plays the real service for the tests of a file, and what the check expects of it. */
export function useRealService(script: Script) {
	let sandbox: Sandbox;
	let prediction: Prediction;
	beforeAll(async () => {
		sandbox = await startSandbox();
		prediction = await predict(script, true);
	}, 120_000);
	beforeEach(() => sandbox.reset());
	afterAll(async () => {
		await sandbox.close();
		await prediction.close();
	});
	return {
		get sandbox() {
			return sandbox;
		},
		get prediction() {
			return prediction;
		},
		get service(): Service {
			return { baseUrl: sandbox.baseUrl, application: APPLICATION, developer: DEVELOPER };
		},
		/** The check's findings about this service with its switches in the given positions. */
		async check(positions: Position[], service: Partial<Service> = {}): Promise<Explanation> {
			for (const { name, value } of positions) Object.assign(sandbox.settings, { [name]: value });
			const steps = await script({ ...this.service, ...service }, async (ms) => sandbox.advance(ms));
			return await explain(steps, prediction);
		},
	};
}
