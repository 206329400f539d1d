'use strict';

// n8n itself reads the paths in package.json; this is for programs that want the classes.
const { JSms } = require('./dist/nodes/JSms/JSms.node.js');
const { JSmsReceiptTrigger } = require('./dist/nodes/JSms/JSmsReceiptTrigger.node.js');
const { JSmsTrigger } = require('./dist/nodes/JSms/JSmsTrigger.node.js');
const { JSmsVerificationTrigger } = require('./dist/nodes/JSmsVerification/JSmsVerificationTrigger.node.js');
const { JSmsApi } = require('./dist/credentials/JSmsApi.credentials.js');
const { JSmsDeveloperApi } = require('./dist/credentials/JSmsDeveloperApi.credentials.js');

module.exports = { JSms, JSmsApi, JSmsDeveloperApi, JSmsReceiptTrigger, JSmsTrigger, JSmsVerificationTrigger };
