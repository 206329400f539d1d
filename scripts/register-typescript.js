'use strict';

/**
 * Lets plain scripts load the pack's sources without a build: `require('./register-typescript')` first.
 * Types are stripped, not checked; `npm run typecheck` does that.
 */
const fs = require('node:fs');
const ts = require('typescript');

require.extensions['.ts'] = (module, filename) => {
	const { outputText } = ts.transpileModule(fs.readFileSync(filename, 'utf8'), {
		fileName: filename,
		compilerOptions: {
			module: ts.ModuleKind.CommonJS,
			target: ts.ScriptTarget.ES2022,
			esModuleInterop: true,
			inlineSourceMap: true,
		},
	});
	module._compile(outputText, filename);
};

// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
const { '.ts': typescript, ...others } = require.extensions;
for (const name of Object.keys(others)) delete require.extensions[name];
Object.assign(require.extensions, { '.ts': typescript, ...others });
