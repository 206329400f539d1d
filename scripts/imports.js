'use strict';

const ts = require('typescript');

/**
 * @typedef {{ name: string | undefined, line: number }} Import `name` is undefined where it is not written out as text
 */

/**
 * Everything a compiled file asks the module loader for: `require()`, `import`, `export ... from`. A `require` that is
 * passed on or called with a computed name counts as an import without a name, since nobody can tell what it loads.
 *
 * @param {string} code JavaScript
 * @returns {Import[]} in the order of the file; lines count from 1
 */
function importsOf(code) {
	const source = ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const found = [];
	const add = (node, specifier) =>
		found.push({
			name: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined,
			line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
		});
	const visit = (node) => {
		if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
			add(node, node.moduleSpecifier);
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			add(node, node.arguments[0]);
		} else if (ts.isIdentifier(node) && node.text === 'require' && !isPropertyName(node)) {
			const isCall = ts.isCallExpression(node.parent) && node.parent.expression === node;
			add(node, isCall ? node.parent.arguments[0] : undefined);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** `thing.require` and `{ require: 1 }` only share the word. `module.require` does not count as sharing it. */
function isPropertyName(node) {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText() !== 'module';
	return ts.isPropertyAssignment(parent) && parent.name === node;
}

/**
 * The text literals of a file that start with `file:`, which is how n8n's descriptions name icons.
 *
 * @param {string} code JavaScript
 * @returns {string[]} without the `file:`
 */
function iconsNamedIn(code) {
	const source = ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const found = [];
	const visit = (node) => {
		if (ts.isStringLiteralLike(node) && node.text.startsWith('file:')) found.push(node.text.slice('file:'.length));
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

module.exports = { iconsNamedIn, importsOf };
