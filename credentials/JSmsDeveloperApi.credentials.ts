import type { IAuthenticate, ICredentialType, INodeProperties } from 'n8n-workflow';

import { balanceTest, baseUrlField, ICON, signInWith } from './common';

/** Keys of the developer account: one call, the developer balance, is signed with them. */
export class JSmsDeveloperApi implements ICredentialType {
	name = 'jSmsDeveloperApi';

	displayName = 'JSms Developer API';

	icon = ICON;

	documentationUrl = 'https://github.com/n8n-nodes-jsms/n8n-nodes-jsms#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Dev Key',
			name: 'devKey',
			type: 'string',
			default: '',
			required: true,
			description: 'The DevKey from the personal information page of the Jiguang console',
		},
		{
			displayName: 'Dev Secret',
			name: 'devSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The API DevSecret from the same page',
		},
		baseUrlField,
	];

	authenticate: IAuthenticate = signInWith('devKey', 'devSecret');

	test = balanceTest('/accounts/dev', "'Dev Key' and 'Dev Secret'");
}
