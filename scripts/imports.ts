import * as ts from 'typescript';

/** `name` is undefined where it is not written out as text */
export type Import = { name: string | undefined; line: number };

/**
 * Everything a compiled file asks the module loader for: `require()`, `import`, `export ... from`. A `require` that is
 * passed on or called with a computed name counts as an import without a name, since nobody can tell what it loads.
 * @param code JavaScript
 * @returns in the order of the file; lines count from 1
 */
export function importsOf(code: string): Import[] {
	const source = ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const found: Import[] = [];
	const add = (node: ts.Node, specifier: ts.Node | undefined) =>
		found.push({
			name: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined,
			line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
		});
	const visit = (node: ts.Node) => {
		if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
			add(node, node.moduleSpecifier);
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			add(node, node.arguments[0]);
		} else if (ts.isIdentifier(node) && node.text === 'require' && !isPropertyName(node)) {
			const { parent } = node;
			add(node, ts.isCallExpression(parent) && parent.expression === node ? parent.arguments[0] : undefined);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** `thing.require` and `{ require: 1 }` only share the word. `module.require` does not count as sharing it. */
function isPropertyName(node: ts.Node) {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText() !== 'module';
	return ts.isPropertyAssignment(parent) && parent.name === node;
}

/**
 * The text literals of a file that start with `file:`, which is how n8n's descriptions name icons.
 * @param code JavaScript
 * @returns without the `file:`
 */
export function iconsNamedIn(code: string): string[] {
	const source = ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
	const found: string[] = [];
	const visit = (node: ts.Node) => {
		if (ts.isStringLiteralLike(node) && node.text.startsWith('file:')) found.push(node.text.slice('file:'.length));
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
