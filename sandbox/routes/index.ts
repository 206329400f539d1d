import type { Routes } from '../serve';
import { accounts } from './accounts';
import { codes } from './codes';
import { messages } from './messages';
import { messagesBatch } from './messages-batch';
import { receipts } from './receipts';
import { schedules } from './schedules';
import { signatures } from './signatures';
import { templates } from './templates';
import { voiceCodes } from './voice-codes';

/** The imitated endpoints. HEAD on the base path is asked by one SDK when it starts. */
export const routes: Routes = {
	'/': { HEAD: { signIn: 'nobody', handle: () => ({ body: '' }) } },
	...codes,
	...voiceCodes,
	...messages,
	...messagesBatch,
	...schedules,
	...receipts,
	...templates,
	...signatures,
	...accounts,
};
