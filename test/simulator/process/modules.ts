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
			return { nodeType: new JSms(), credentialTypes: [new JSmsApi()] };
		},
		unused: () => [...packages.real.unusedPatches, ...packages.small.unusedPatches],
	};
}
