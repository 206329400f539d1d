import { postgresLog } from '../support/postgresLog';
import { describeUnclear } from '../support/messageLog';
import type { Instance } from '../support/instance';

/** With message-log-postgres-send.json. */
export default (get: () => Instance) => describeUnclear(get, postgresLog(get));
/** The nodes are those of n8n 1.x, too; the workflow was run in 2.x only. */
