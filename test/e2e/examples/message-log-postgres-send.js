'use strict';

const { postgresLog } = require('../support/postgresLog');
const { describeTruth } = require('../support/messageLog');

/** With message-log-postgres-reports.json. @param {() => import('../support/instance').Instance} get */
module.exports = (get) => describeTruth(get, postgresLog(get));
/** The nodes are those of n8n 1.x, too; the workflow was run in 2.x only. */
