'use strict';

const { dataTableLog } = require('../support/dataTableLog');
const { describeUnclear } = require('../support/messageLog');

/** With message-log-send.json. @param {() => import('../support/instance').Instance} get */
module.exports = (get) => describeUnclear(get, dataTableLog(get));
/** n8n 1.x cannot make a Data Table in a workflow, nor find one by its name. */
module.exports.needsN8n = 2;
