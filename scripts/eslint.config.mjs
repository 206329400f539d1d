import { createRequire } from 'node:module';

// n8n's linter brings these along; a second copy could be of another version.
const require = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const eslint = require('@eslint/js');
const typescript = require('typescript-eslint');

/** Programs for Node.js: what is not shipped and not run by n8n. */
export default typescript.config({
	files: ['**/*.ts'],
	extends: [eslint.configs.recommended, typescript.configs.recommended],
	languageOptions: {
		parserOptions: {
			project: '../test/tsconfig.json',
			tsconfigRootDir: import.meta.dirname,
		},
	},
	rules: {
		'@typescript-eslint/await-thenable': 'error',
		'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
		'@typescript-eslint/no-floating-promises': 'error',
		'@typescript-eslint/no-misused-promises': 'error',
		// Programs load some modules late, and `import()` needs the loader of ES modules, which is slow to start.
		'@typescript-eslint/no-require-imports': 'off',
		'@typescript-eslint/no-unnecessary-type-assertion': 'error',
		'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
	},
});
