'use strict';

/** `node scripts/release/date.js 1.2.3`: writes today into CHANGELOG.md where it says "(unreleased)" for this version. */
const { readFileSync, writeFileSync } = require('node:fs');
const { CHANGELOG } = require('./notes');

const version = process.argv[2];
const changelog = readFileSync(CHANGELOG, 'utf8');
const today = new Date().toISOString().slice(0, 10);
writeFileSync(CHANGELOG, changelog.replace(`## ${version} (unreleased)`, `## ${version} - ${today}`));
