'use strict';

/** `node scripts/release/notes.js 1.2.3`: what CHANGELOG.md says about a version, for its release on GitHub. */
const { readFileSync } = require('node:fs');
const path = require('node:path');

const CHANGELOG = path.resolve(__dirname, '../../CHANGELOG.md');

/**
 * The section of a version.
 *
 * @param {string} changelog text in the format of Keep a Changelog, one `## <version> ...` per section
 * @param {string} version
 * @returns {{heading: string, body: string} | undefined} undefined when there is none
 */
function sectionOf(changelog, version) {
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((text) => text.split(/[\s\]]/, 1)[0].replace('[', '') === version);
	if (section === undefined) return undefined;
	const [heading, ...lines] = section.split('\n');
	return { heading, body: lines.join('\n').trim() };
}

if (require.main === module) {
	const section = sectionOf(readFileSync(CHANGELOG, 'utf8'), process.argv[2]);
	if (section) console.log(section.body);
	else {
		console.error(`CHANGELOG.md has no section "## ${process.argv[2]}".`);
		process.exitCode = 1;
	}
}

module.exports = { CHANGELOG, sectionOf };
