import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { balanceTest, baseUrlField, ICON, signInWith } from './common';

/** Keys of one application, for everything but the developer balance. */
export class JSmsApi implements ICredentialType {
	name = 'jSmsApi';

	displayName = 'JSms API';

	icon = ICON;

	documentationUrl = 'https://github.com/n8n-nodes-jsms/n8n-nodes-jsms#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'App Key',
			name: 'appKey',
			type: 'string',
			default: '',
			required: true,
			description: 'The AppKey from the application settings of the Jiguang console',
		},
		{
			displayName: 'Master Secret',
			name: 'masterSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The Master Secret from the same page',
		},
		baseUrlField,
	];

	authenticate: IAuthenticate = signInWith('appKey', 'masterSecret');

	test = balanceTest('/accounts/app', "'App Key' and 'Master Secret'");
}
