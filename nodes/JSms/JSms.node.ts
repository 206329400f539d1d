import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { OPERATIONS_OF_APPLICATION, OUTPUTS, PROPERTIES, SUBTITLE } from './description';
import { runBatchOperation } from './execute/batch';
import { runPreview } from './execute/preview';
import { runPull } from './execute/pull';
import { runSingle } from './execute/single';
import { refuseOperation } from './execute/unknownOperation';
import { getTemplateFields } from './methods/templateFields';
import { findOperation } from './resources';

export class JSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JSms',
		name: 'jSms',
		icon: { light: 'file:../../icons/jsms.svg', dark: 'file:../../icons/jsms.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Send verification codes and template SMS to China through JSMS of Jiguang (JPush)',
		defaults: { name: 'JSms' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		credentials: [
			{
				name: 'jSmsApi',
				required: true,
				displayOptions: { hide: { operation: ['getDeveloperBalance'] } },
			},
			{
				name: 'jSmsDeveloperApi',
				required: true,
				// WHY not `show`: the editor puts the credentials below the fields named there, not on top as usual.
				displayOptions: { hide: { operation: OPERATIONS_OF_APPLICATION } },
			},
		],
		properties: PROPERTIES,
	};

	methods = { resourceMapping: { getTemplateFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0);
		const value = this.getNodeParameter('operation', 0);
		const operation = findOperation(resource, value);
		if (!operation) return refuseOperation(this, resource, value);
		switch (operation.kind) {
			case 'batch':
				return await runBatchOperation(this, operation);
			case 'pull':
				return await runPull(this, operation);
			case 'preview':
				return await runPreview(this, operation);
			case 'single':
				return await runSingle(this, operation);
		}
	}
}
