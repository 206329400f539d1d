'use strict';

const { setUpN8n } = require('../../support/setUpN8n');

module.exports = setUpN8n('e2e', { main: 'main.test.js', compat: 'compat.test.js' });
