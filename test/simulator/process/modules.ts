import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { ProcessModules } from '../carrier/engine';
import type { Knobs } from '../world/types';
import { BuiltPackage } from './builtPackage';
import { patchesOf, type Patch } from './patches';

/** Makes the modules of simulated processes. */
export interface ModuleSource {
	fresh(knobs: Knobs): ProcessModules;
	/** Patches whose file was not loaded. */
	unused(): Patch[];
}

/** @param breaks deliberate breaks of the package */
export function modulesOf(breaks: readonly Patch[] = []): ModuleSource {
	const packages: Record<Knobs, BuiltPackage> = {
		real: new BuiltPackage(breaks),
		small: new BuiltPackage([...patchesOf('small'), ...breaks]),
	};
	return {
		fresh: (knobs) => {
			const load = packages[knobs].instance();
			const { JSms } = load('nodes/JSms/JSms.node.js') as { JSms: new () => INodeType };
			const { JSmsApi } = load('credentials/JSmsApi.credentials.js') as { JSmsApi: new () => ICredentialType };
			const make = (file: string, name: string) => new (load(file) as Record<string, new () => INodeType>)[name]();
			let pollTrigger: INodeType | undefined;
			let webhookTrigger: INodeType | undefined;
			let verificationTrigger: INodeType | undefined;
			return {
				nodeType: new JSms(),
				credentialTypes: [new JSmsApi()],
				// Most worlds have no trigger.
				pollTrigger: () => (pollTrigger ??= make('nodes/JSms/JSmsReceiptTrigger.node.js', 'JSmsReceiptTrigger')),
				webhookTrigger: () => (webhookTrigger ??= make('nodes/JSms/JSmsTrigger.node.js', 'JSmsTrigger')),
				verificationTrigger: () =>
					(verificationTrigger ??= make(
						'nodes/JSmsVerification/JSmsVerificationTrigger.node.js',
						'JSmsVerificationTrigger',
					)),
			};
		},
		unused: () => [...packages.real.unusedPatches, ...packages.small.unusedPatches],
	};
}
