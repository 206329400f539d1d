'use strict';

const { setUpN8n } = require('../../support/setUpN8n');

module.exports = setUpN8n('queue', { main: 'n8n2.test.js', compat: 'n8n1.test.js' });
