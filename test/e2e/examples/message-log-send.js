'use strict';

const { dataTableLog } = require('../support/dataTableLog');
const { describeTruth } = require('../support/messageLog');

/** With message-log-reports.json. @param {() => import('../support/instance').Instance} get */
module.exports = (get) => describeTruth(get, dataTableLog(get));
/** n8n 1.x cannot make a Data Table in a workflow, nor find one by its name. */
module.exports.needsN8n = 2;
