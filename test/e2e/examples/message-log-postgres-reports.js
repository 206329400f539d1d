'use strict';

const { postgresLog } = require('../support/postgresLog');
const { describeUnclear } = require('../support/messageLog');

/** With message-log-postgres-send.json. @param {() => import('../support/instance').Instance} get */
module.exports = (get) => describeUnclear(get, postgresLog(get));
/** The nodes are those of n8n 1.x, too; the workflow was run in 2.x only. */
