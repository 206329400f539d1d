import { postgresLog } from '../support/postgresLog';
import { describeTruth } from '../support/messageLog';
import type { Instance } from '../support/instance';

/** With message-log-postgres-reports.json. */
export default (get: () => Instance) => describeTruth(get, postgresLog(get));
/** The nodes are those of n8n 1.x, too; the workflow was run in 2.x only. */
