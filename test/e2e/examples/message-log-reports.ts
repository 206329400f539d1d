import { dataTableLog } from '../support/dataTableLog';
import { describeUnclear } from '../support/messageLog';
import type { Instance } from '../support/instance';

/** With message-log-send.json. */
export default (get: () => Instance) => describeUnclear(get, dataTableLog(get));
/** n8n 1.x cannot make a Data Table in a workflow, nor find one by its name. */
export const needsN8n = 2;
