import type { INodeParameters } from 'n8n-workflow';

import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsVerificationTrigger } from '../../nodes/JSmsVerification/JSmsVerificationTrigger.node';
import { takeLogs } from '../support/engine';
import { hostTrigger, type HostedTrigger, type HostOptions } from '../support/webhooks';
import type { useService } from './service';

/** Verification triggers behind an HTTP server, each in a workflow of its own, because limits last as long as the process. */
export function useVerification(service: ReturnType<typeof useService>) {
	let hosted: HostedTrigger[] = [];
	let workflows = 0;
	afterEach(async () => {
		await Promise.all(hosted.map(async (one) => await one.close()));
		hosted = [];
		jest.restoreAllMocks();
	});
	return {
		/** @param baseUrl of the service, in place of the sandbox's */
		async host(parameters: INodeParameters = {}, options: HostOptions = {}, baseUrl?: string): Promise<HostedTrigger> {
			workflows += 1;
			const { jSmsApi } = service.keys;
			const one = await hostTrigger(
				{
					name: 'Verify',
					type: 'n8n-nodes-jsms.jSmsVerificationTrigger',
					nodeType: new JSmsVerificationTrigger(),
					credentialTypes: [new JSmsApi()],
					credentials: { jSmsApi: { ...jSmsApi, ...(baseUrl !== undefined && { baseUrl }) } },
				},
				{ parameters, workflowId: `verification-${workflows}`, ...options },
			);
			hosted.push(one);
			takeLogs();
			return one;
		},
		/** The code of the last message that was sent. */
		lastCode(): string {
			const { ledger } = service.sandbox;
			return String(ledger[ledger.length - 1].code);
		},
		/** A code that is not that of the last message; another one for every number. */
		wrongCode(index = 1): string {
			return String((Number(this.lastCode()) + index) % 1_000_000).padStart(6, '0');
		},
		/** Moves every clock forward, that of the service as well. */
		pass(seconds: number): void {
			const wall = Date.now();
			const monotonic = performance.now();
			jest.restoreAllMocks();
			const [startWall, startMonotonic] = [Date.now(), performance.now()];
			const realNow = Date.now;
			const realPerformance = performance.now.bind(performance);
			jest.spyOn(Date, 'now').mockImplementation(() => wall + seconds * 1000 + (realNow() - startWall));
			jest
				.spyOn(performance, 'now')
				.mockImplementation(() => monotonic + seconds * 1000 + (realPerformance() - startMonotonic));
			service.sandbox.advance(seconds * 1000);
		},
	};
}

/** The items with which the workflow was started. */
export const startedBy = ({ executions }: HostedTrigger) => executions.flat().map(({ json }) => json);

/** What stands in n8n's log from this node. */
export const logLines = () =>
	takeLogs()
		.filter(({ level, message }) => ['info', 'warn', 'error'].includes(level) && message.startsWith('Verify'))
		.map(({ level, message }) => `${level}: ${message}`);
