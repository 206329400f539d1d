'use strict';

/** A table in Markdown. @param {string[]} head @param {Array<Array<string | number>>} rows */
function table(head, rows) {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

module.exports = { table };
