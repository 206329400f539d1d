'use strict';

const { setUpN8n } = require('../../support/setUpN8n');
const { findChromium } = require('./browser');

module.exports = setUpN8n('browser', { main: 'editor.test.js' }, findChromium);
