import type { Resource } from '../../model/operation';
import { getAppBalance } from './getAppBalance.operation';
import { getDeveloperBalance } from './getDeveloperBalance.operation';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	description: 'How many SMS you have left',
	operations: [getAppBalance, getDeveloperBalance],
};
