/** `node scripts/run.js scripts/release/date.ts 1.2.3`: writes today into CHANGELOG.md where it says "(unreleased)" for this version. */
import { readFileSync, writeFileSync } from 'node:fs';
import { CHANGELOG } from './notes';

const version = process.argv[2];
const changelog = readFileSync(CHANGELOG, 'utf8');
const today = new Date().toISOString().slice(0, 10);
writeFileSync(CHANGELOG, changelog.replace(`## ${version} (unreleased)`, `## ${version} - ${today}`));
